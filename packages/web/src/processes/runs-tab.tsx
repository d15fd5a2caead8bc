import { instanceStates } from '@aimwell/contract/processes/views';
import { Button, Select } from '@mantine/core';
import { MomentText } from '../ui/date-text.tsx';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Go } from '../ui/link.tsx';
import { Card, Empty, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type MapInFull, type RunLine, useAllRuns, useVersion } from './calls.ts';
import { OpenTasks } from './open-tasks.tsx';
import { RunState } from './run-state.tsx';
import { kindWords } from './step-words.ts';

/** Every run of a process, newest first; state and the step where it stands are in the address. */
export const RunsTab = ({ map }: { map: MapInFull }) => {
  const { search, set } = useUrlFilters();
  const status = instanceStates.find((one) => one === search['status']);
  const node = textOf(search['node']);
  const steps = useVersion(map.inForce?.id ?? map.newest?.id).data?.steps ?? [];
  const runs = useAllRuns(map.id, { status, node });
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const choices = steps.map(({ id, name, kind }) => ({ value: id, label: name ?? kindWords(kind) }));
  return (
    <Card title={t('processes.runs')} flush>
      <div className="row wrap pr-tools">
        <Select
          aria-label={t('processes.state')}
          placeholder={t('processes.anyState')}
          clearable
          data={instanceStates.map((one) => ({ value: one, label: t(`processes.runStates.${one}`) }))}
          value={status ?? null}
          onChange={(next) => set({ status: next ?? undefined })}
        />
        <Select
          aria-label={t('processes.standsAt')}
          placeholder={t('processes.anyStep')}
          clearable
          searchable
          // A step of an earlier version, which only its link names, stays among the choices.
          data={node === undefined || choices.some(({ value }) => value === node) ? choices : [...choices, { value: node, label: node }]}
          value={node ?? null}
          onChange={(next) => set({ node: next ?? undefined })}
        />
      </div>
      <ProblemView error={runs.error} onRetry={() => void runs.refetch()} />
      {runs.isPending ? <Waiting lines={6} /> : null}
      {runs.data !== undefined && items.length === 0 ? (
        <Empty title={t(status === undefined && node === undefined ? 'processes.noRuns' : 'processes.noneSuch')} />
      ) : null}
      {items.length === 0 ? null : <RunTable runs={items} newest={map.inForce?.number} />}
      {runs.hasNextPage ? (
        <div className="pad">
          <Button size="xs" loading={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('processes.departures.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
};

const RunTable = ({ runs, newest }: { runs: readonly RunLine[]; newest: number | undefined }) => (
  <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.runs')}>
    <table className="table pr-table pr-stacks">
      <thead>
        <tr>
          <th scope="col">{t('processes.run')}</th>
          <th scope="col">{t('processes.state')}</th>
          {(['processes.columns.open', 'processes.startedAt', 'processes.endedAt'] as const).map((column) => (
            <th key={column} scope="col" className="no-phone">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} older={newest !== undefined && run.endedAt === null && run.processVersion.number !== newest} />
        ))}
      </tbody>
    </table>
  </div>
);

const RunRow = ({ run, older }: { run: RunLine; older: boolean }) => {
  const here = useHere();
  return (
    <tr className="sm">
      <td>
        <Go className="link" to={here.to('runs', run.id)}>
          {run.identifier} {run.title}
        </Go>
        {run.record === null ? null : (
          <Go className="link xs dblock" to={here.to(run.record.register, run.record.id)}>
            {run.record.identifier} {run.record.title}
          </Go>
        )}
        {older ? <span className="xs dim dblock">{t('processes.onVersion', { number: run.processVersion.number })}</span> : null}
      </td>
      <td>
        <span className="row wrap">
          <RunState status={run.status} incidents={run.incidents} suspension={run.suspension} />
        </span>
        <span className="only-phone pr-under xs">
          <OpenTasks of={run} />
          <MomentText value={run.startedAt} />
        </span>
      </td>
      <td className="no-phone">
        <OpenTasks of={run} />
      </td>
      <td className="no-phone">
        <MomentText value={run.startedAt} />
        <span className="xs dim dblock">{run.startedBy?.name ?? t('processes.somebody')}</span>
      </td>
      <td className="no-phone">
        <MomentText value={run.endedAt} />
      </td>
    </tr>
  );
};
