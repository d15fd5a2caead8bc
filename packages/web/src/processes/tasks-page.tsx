import { workers } from '@aimwell/core/processes/tasks';
import { Select } from '@mantine/core';
import { useUrlFilters } from '../ui/filters.ts';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { useTasks } from './calls.ts';
import { CalendarButton } from './calendar-dialog.tsx';
import { TaskTable } from './task-table.tsx';
import './processes.css';

const views = ['mine', 'all', 'overdue', 'unstaffed', 'done'] as const;
type View = (typeof views)[number];
const filtersOf = (view: View, role: string | undefined) => ({
  who: view === 'mine' ? ('me' as const) : ('all' as const),
  state: view === 'done' ? ('done' as const) : ('open' as const),
  overdue: view === 'overdue' ? ('true' as const) : undefined,
  unstaffed: view === 'unstaffed' ? ('true' as const) : undefined,
  role,
});

/** What the runs of processes ask of people, by due date: mine, of a role, of everybody. */
export default function TasksPage() {
  const { search, set } = useUrlFilters();
  const view = views.find((one) => one === search['view']) ?? 'mine';
  const role = typeof search['role'] === 'string' ? search['role'] : undefined;
  const tasks = useTasks(filtersOf(view, role));
  return (
    <div className="page">
      <PageHead title={t('processes.tasks')}>
        <CalendarButton />
      </PageHead>
      <div className="stack">
        <div className="row wrap">
          <div className="seg" role="group" aria-label={t('processes.whose')}>
            {views.map((one) => (
              <button key={one} type="button" aria-pressed={one === view} onClick={() => set({ view: one === 'mine' ? undefined : one })}>
                {t(`processes.views.${one}`)}
              </button>
            ))}
          </div>
          <Select
            aria-label={t('processes.role')}
            placeholder={t('processes.anyRole')}
            clearable
            data={workers.map((one) => ({ value: one, label: choiceLabel('members', 'role', one) }))}
            value={role ?? null}
            onChange={(next) => set({ role: next ?? undefined })}
          />
        </div>
        <ProblemView error={tasks.error} onRetry={() => void tasks.refetch()} />
        <Card title={t(`processes.views.${view}`)} count={tasks.data?.items.length} flush>
          {tasks.isPending ? <Waiting lines={6} /> : null}
          {tasks.data?.items.length === 0 ? <Empty title={t('processes.noTasks')}>{t('processes.noTasksHelp')}</Empty> : null}
          {tasks.data === undefined || tasks.data.items.length === 0 ? null : <TaskTable tasks={tasks.data.items} />}
          {typeof tasks.data?.next === 'string' ? <p className="sm mut pad">{t('processes.onlyFirst', { count: 200 })}</p> : null}
        </Card>
      </div>
    </div>
  );
}
