import { Button } from '@mantine/core';
import { useState } from 'react';
import { DayText } from '../ui/date-text.tsx';
import { Card } from '../ui/page.tsx';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { useErasure } from './erasure.ts';

/** On a person's page, for those who may: what erasing means, and the way to it. */
export default function ErasePanel({ record }: RecordPanelProps) {
  const here = useHere();
  return here.may('people.erase') ? <Erasure person={record.id} identifier={record.identifier} /> : null;
}

const Erasure = ({ person, identifier }: { person: string; identifier: string }) => {
  const [open, setOpen] = useState(false);
  const seen = useErasure(person);
  const erasedOn = seen.data?.erasedOn ?? null;
  const kept = seen.data?.signatures.length ?? 0;
  // What was kept then may go once its retention is over.
  const isRest = (seen.data?.goes.payloads ?? 0) > 0;
  return (
    <Card title={t('roles.erasure.title')}>
      <div className="stack" style={{ gap: 10 }}>
        {erasedOn === null ? (
          <p className="sm mut">{t('roles.erasure.lead')}</p>
        ) : (
          <p className="sm">
            {t('roles.erasure.done')} <DayText value={erasedOn} />. {kept > 0 ? t('roles.erasure.kept', { count: kept }) : ''}
          </p>
        )}
        {erasedOn === null || isRest ? (
          <div>
            <Button onClick={() => setOpen(true)}>{t(erasedOn === null ? 'roles.erasure.open' : 'roles.erasure.openRest')}</Button>
          </div>
        ) : null}
      </div>
      {open ? <EraseDialog person={person} identifier={identifier} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
};
