import { purgeEvidence } from '@aimwell/contract/evidence/endpoints';
import { managers } from '@aimwell/core/roles/permissions';
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../ui/api.ts';
import { DayText } from '../ui/date-text.tsx';
import { ReasonDialog } from '../ui/dialogs.tsx';
import { formatDay } from '../ui/dates.ts';
import { Card } from '../ui/page.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useRetention } from './calls.ts';

/** Why the file is kept and until when; once nothing keeps it, its deletion. */
export const Keeping = ({ record }: { record: RecordView }) => {
  const here = useHere();
  const retention = useRetention(record);
  if (retention.data === undefined) return null;
  const { holds, purgedOn } = retention.data;
  if (purgedOn !== null)
    return (
      <Card title={t('evidence.keeping.title')}>
        <p className="sm">
          {t('evidence.keeping.purged')} <DayText value={purgedOn} />. {t('evidence.keeping.purgedNote')}
        </p>
      </Card>
    );
  return (
    <Card title={t('evidence.keeping.title')}>
      <ul className="stack sm" style={{ gap: 4, listStyle: 'none', padding: 0, margin: 0 }}>
        {holds.map(({ why, until, version }) => (
          <li key={`${why} ${version}`}>
            {t(`evidence.keeping.${why}`, { version: version ?? '', until: until === null ? '' : formatDay(until) })}
          </li>
        ))}
        {holds.length === 0 ? <li>{t('evidence.keeping.nothing')}</li> : null}
      </ul>
      {holds.length === 0 && here.holds(managers) ? <Purge record={record} /> : null}
    </Card>
  );
};

const Purge = ({ record }: { record: RecordView }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <div style={{ marginTop: 10 }}>
        <Button onClick={() => setAsking(true)}>{t('evidence.keeping.purge')}</Button>
      </div>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('evidence.keeping.purgeTitle')}
        verb={t('evidence.keeping.purge')}
        onConfirm={async (reason) => {
          await request(purgeEvidence.method, here.api('evidence', record.id, 'purge'), { body: { reason }, version: record.version });
          await cache.invalidateQueries({ queryKey: [here.slug] });
        }}
      >
        {t('evidence.keeping.purgeHelp')}
      </ReasonDialog>
    </>
  );
};
