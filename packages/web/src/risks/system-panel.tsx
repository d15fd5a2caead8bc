import { risks } from '@aimwell/contract/risks/risks';
import type { RiskSuggestion } from '@aimwell/contract/risks/endpoints';
import { Button } from '@mantine/core';
import { IconBulb, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords, useWrite } from '../ui/record.ts';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useSuggestions } from './calls.ts';
import { RiskRows } from './risk-rows.tsx';

/** The risks of one AI system, and those the catalog suggests for it, each taken with one press. */
export default function SystemRisks({ record }: RecordPanelProps) {
  const here = useHere();
  const navigate = useNavigate();
  const list = useSomeRecords('risks', { system: record.id, sort: '-inherentLevel' }, 50);
  const [suggesting, setSuggesting] = useState(false);
  const may = here.holds(risks.permissions.create) && record.archivedAt === null;
  const items = list.data?.items ?? [];
  return (
    <Card
      title={t('ui.places.risks')}
      flush
      count={list.isSuccess ? items.length : undefined}
      actions={
        <>
          <span className="xs dim no-phone">{t('risks.beforeAfter')}</span>
          {may ? (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
              onClick={() => {
                void navigate({ to: here.to('risks', 'new') as '/', search: { system: record.id } as never });
              }}
            >
              {t('registers.risks.create')}
            </Button>
          ) : null}
        </>
      }
    >
      {list.isPending ? <Waiting lines={3} /> : null}
      <ProblemView error={list.error} />
      {list.isSuccess && items.length === 0 ? (
        <p className="mut" style={{ padding: '12px 16px 4px' }}>
          {t('risks.none.system')}
        </p>
      ) : null}
      <RiskRows items={items} showSystem={false} />
      {may ? (
        suggesting ? (
          <Suggestions system={record} />
        ) : (
          <footer>
            <Button size="xs" leftSection={<IconBulb size={14} stroke={1.75} aria-hidden />} onClick={() => setSuggesting(true)}>
              {t('risks.suggest.ask')}
            </Button>
          </footer>
        )
      ) : null}
    </Card>
  );
}

const Suggestions = ({ system }: { system: RecordView }) => {
  const found = useSuggestions(system.id, true);
  return (
    <div style={{ borderTop: '1px solid var(--line)' }}>
      <div style={{ padding: '12px 16px 4px' }}>
        <h3>{t('risks.suggest.title')}</h3>
        <p className="xs dim">{t('risks.suggest.help')}</p>
      </div>
      {found.isPending ? <Waiting lines={3} /> : null}
      <ProblemView error={found.error} />
      {found.data?.items.length === 0 ? (
        <p className="sm mut" style={{ padding: '4px 16px 12px' }}>
          {t('risks.suggest.none')}
        </p>
      ) : null}
      {found.data?.items.map((one) => (
        <Suggested key={one.source} suggestion={one} system={system} />
      ))}
    </div>
  );
};

const Suggested = ({ suggestion, system }: { suggestion: RiskSuggestion; system: RecordView }) => {
  const write = useWrite('risks');
  const owner = system['owner'] as { id: string } | null;
  const take = () =>
    write.mutate({
      kind: 'create',
      values: {
        statement: suggestion.statement,
        causeAndEvent: suggestion.description,
        system: system.id,
        source: suggestion.source,
        ...(owner === null ? {} : { owner: owner.id }),
      },
    });
  return (
    <div className="row" style={{ alignItems: 'flex-start', padding: '10px 16px', gap: 14 }}>
      <div className="grow">
        <div className="m">{suggestion.statement}</div>
        <div className="xs dim">
          {[
            suggestion.title,
            suggestion.source,
            suggestion.because.length === 0 ? t('risks.suggest.every') : suggestion.because.join(', '),
            suggestion.controls.join(', '),
          ]
            .filter(Boolean)
            .join(' · ')}
        </div>
        <ProblemView error={write.error} />
      </div>
      <Button size="xs" loading={write.isPending} aria-label={t('risks.suggest.takeNamed', { what: suggestion.statement })} onClick={take}>
        {t('risks.suggest.take')}
      </Button>
    </div>
  );
};
