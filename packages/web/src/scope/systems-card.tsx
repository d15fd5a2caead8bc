import { systems, systemStates } from '@aimwell/contract/systems/systems';
import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useCount, useSomeRecords, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';

const decisions = ['in', 'out', 'undecided'] as const;
/** Those of which the sentence of the scope speaks: what is retired or no AI system needs no decision any more. */
const counted = systemStates.filter((state) => state !== 'retired' && state !== 'not_an_ai_system');
const addressOf = (decision: string) =>
  `?${new URLSearchParams([['scopeDecision', decision], ...counted.map((state) => ['state', state])])}`;

/** How many systems are in, out or undecided, and the undecided ones to decide here. Leaving one out takes a reason. */
export const SystemsCard = () => {
  const here = useHere();
  const count = useCount('systems', { state: counted }, 'scopeDecision');
  const undecided = useSomeRecords('systems', { scopeDecision: 'undecided', state: counted }, 20);
  const of = (decision: string): number => count.data?.groups?.find(({ value }) => value === decision)?.count ?? 0;
  const items = undecided.data?.items ?? [];
  return (
    <Card title={t('ui.places.systems')} flush count={count.data?.count}>
      <div className="row wrap" style={{ padding: '12px 16px', gap: '6px 20px' }}>
        {decisions.map((decision) => (
          <Go key={decision} className="link plain" to={`${here.to('systems')}${addressOf(decision)}`}>
            <b className="num">{of(decision).toLocaleString('en')}</b> {choiceLabel('systems', 'scopeDecision', decision).toLowerCase()}
          </Go>
        ))}
      </div>
      {undecided.isPending ? <Waiting lines={2} /> : null}
      <ProblemView error={undecided.error ?? count.error} />
      {items.map((system) => (
        <Undecided key={system.id} system={system} />
      ))}
      {of('undecided') > items.length ? (
        <p className="sm" style={{ padding: '8px 16px 12px' }}>
          <Go className="link" to={`${here.to('systems')}${addressOf('undecided')}`}>
            {t('scope.allUndecided', { count: of('undecided') })}
          </Go>
        </p>
      ) : null}
    </Card>
  );
};

const Undecided = ({ system }: { system: RecordView }) => {
  const here = useHere();
  const write = useWrite('systems');
  const [leaving, setLeaving] = useState(false);
  const [reason, setReason] = useState('');
  const decide = (values: Record<string, unknown>) => write.mutate({ kind: 'patch', id: system.id, version: system.version, values });
  return (
    <div className="col" style={{ gap: 6, padding: '8px 16px', borderTop: '1px solid var(--line)' }}>
      <div className="row wrap">
        <span className="id">{system.identifier}</span>
        <Go className="link plain grow" to={here.to('systems', system.id)}>
          {String(system['name'])}
        </Go>
        {here.holds(systems.permissions.change) ? (
          <SegmentedControl
            size="xs"
            aria-label={t('scope.decide', { what: String(system['name']) })}
            value={leaving ? 'out' : 'undecided'}
            onChange={(next) => {
              setLeaving(next === 'out');
              if (next === 'in') decide({ scopeDecision: 'in' });
            }}
            data={decisions.map((one) => ({ value: one, label: choiceLabel('systems', 'scopeDecision', one) }))}
          />
        ) : null}
      </div>
      {leaving ? (
        <form
          className="row wrap"
          onSubmit={(event) => {
            event.preventDefault();
            if (reason.trim() !== '') decide({ scopeDecision: 'out', scopeReason: reason.trim() });
          }}
        >
          <TextInput
            size="xs"
            className="grow"
            autoFocus
            required
            aria-label={t('scope.whyOut')}
            placeholder={t('scope.whyOut')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button size="xs" type="submit" loading={write.isPending}>
            {t('scope.leaveOut')}
          </Button>
        </form>
      ) : null}
      <ProblemView error={write.error} />
    </div>
  );
};
