import { Fragment } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { commandLabel, t } from '../ui/words.ts';
import { useMaps } from './calls.ts';
import { useDeviations, useGates, useRunsAbout } from './gate-calls.ts';
import { byCommand } from './gate-words.ts';
import { ProcessName } from './process-name.tsx';
import { RunState } from './run-state.tsx';
import './processes.css';

/** On the page of a record: what runs about it, which of its commands need a process, and what was done outside one. Nothing where none of it is true. */
export default function RecordPanel(props: RecordPanelProps) {
  return useHere().asOf === null ? <Shown {...props} /> : null;
}

const Shown = ({ register, record }: RecordPanelProps) => {
  const here = useHere();
  const runs = useRunsAbout(register.name, record.id).data?.items ?? [];
  const gates = (useGates().data?.items ?? []).filter((gate) => gate.register === register.name);
  const maps = useMaps().data?.items ?? [];
  const open = (useDeviations().data?.items ?? []).filter(({ record: of, closedAt }) => of?.id === record.id && closedAt === null);
  if (runs.length + gates.length + open.length === 0) return null;
  return (
    <Card title={t('processes.processes')} count={runs.length === 0 ? undefined : runs.length}>
      <ul className="pr-list pr-lines">
        {open.map((one) => (
          <li key={one.id}>
            <Go className="link sm" to={`${here.to('gates')}?deviation=${one.id}`}>
              <span className="st t-warn">
                <Shape kind="triangle" tone="warn" /> {t('gates.openHere', { command: commandLabel(register.name, one.command) })}
              </span>
            </Go>
          </li>
        ))}
        {runs.slice(0, 5).map((run) => (
          <li key={run.id}>
            <Go className="link sm" to={here.to('runs', run.id)}>
              {run.identifier} {run.process.name}
            </Go>
            <div className="row wrap xs mut">
              <RunState status={run.status} incidents={run.incidents} suspension={run.suspension} />
              <MomentText value={run.startedAt} />
            </div>
          </li>
        ))}
        {byCommand(gates).map(({ command: { command }, gates: of }) => (
          <li key={command} className="sm">
            <span className="m">{commandLabel(register.name, command)}</span>:{' '}
            {of.map(({ process }, place) => (
              <Fragment key={process}>
                {place === 0 ? t('gates.onlyIn') : ` ${t('gates.orIn')}`} <ProcessName process={process} maps={maps} />
              </Fragment>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  );
};
