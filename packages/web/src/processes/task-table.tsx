import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { PersonName } from '../ui/person.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import type { Task } from './calls.ts';

export const roleWords = (role: string | null): string => (role === null ? t('processes.anybody') : choiceLabel('members', 'role', role));

/** When a task is due; the word "Overdue" stands beside its shape. */
export const DueText = ({ task }: { task: Pick<Task, 'dueAt' | 'overdue' | 'doneAt'> }) =>
  task.dueAt === null ? (
    <span className="dim">–</span>
  ) : (
    <span className={task.overdue ? 'st t-bad' : 'st quiet'}>
      {task.overdue ? <Shape kind="clock" tone="bad" /> : null}
      <MomentText value={task.dueAt} />
      {task.overdue ? ` · ${t(task.doneAt === null ? 'processes.overdue' : 'processes.wasLate')}` : ''}
    </span>
  );

/** Why nobody can do a task: its role has no holder, or whoever has it lost access. */
export const unstaffedWords = ({ person, role }: Pick<Task, 'person' | 'role'>): string =>
  person === null ? t('processes.roleUnstaffed', { role: roleWords(role) }) : t('processes.personUnstaffed', { who: person.name });

/** Who has a task, or which role it waits for; where nobody can do it, that too. */
export const WhoText = ({ task }: { task: Pick<Task, 'person' | 'doneBy' | 'role' | 'unstaffed'> }) => {
  const person = task.doneBy ?? task.person;
  return (
    <span>
      {person === null ? roleWords(task.role) : <PersonName name={person.name} />}
      {task.unstaffed ? (
        <span className="row t-warn xs m" style={{ gap: 6 }}>
          <Shape kind="triangle" tone="warn" size={12} /> {t(person === null ? 'processes.unstaffed' : 'processes.noAccess')}
        </span>
      ) : null}
    </span>
  );
};

/** Tasks as lines, each a link to its page. On a phone all of a task stands below its name. */
export const TaskTable = ({ tasks }: { tasks: readonly Task[] }) => (
  <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.tasks')}>
    <table className="table pr-table pr-stacks">
      <thead>
        <tr>
          <th scope="col">{t('processes.columns.task')}</th>
          {(['due', 'who', 'record'] as const).map((column) => (
            <th key={column} scope="col" className="no-phone">
              {t(`processes.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </tbody>
    </table>
  </div>
);

const TaskRow = ({ task }: { task: Task }) => {
  const here = useHere();
  const due = task.doneAt === null ? <DueText task={task} /> : <MomentText value={task.doneAt} />;
  const record =
    task.record === null ? null : (
      <Go className="link" to={here.to(task.record.register, task.record.id)}>
        {task.record.identifier} {task.record.title}
      </Go>
    );
  return (
    <tr>
      <td>
        <Go className="link plain" to={here.to('tasks', task.id)}>
          {task.name}
        </Go>
        <span className="xs dim dblock">
          {task.instance.identifier} · {task.process.name}
        </span>
        <span className="only-phone pr-under sm">
          <span>
            <span className="dim">{t(`processes.columns.${task.doneAt === null ? 'due' : 'done'}`)}</span> {due}
          </span>
          <WhoText task={task} />
          {record}
        </span>
      </td>
      <td className="sm no-phone">{due}</td>
      <td className="sm no-phone">
        <WhoText task={task} />
      </td>
      <td className="sm no-phone">{record ?? <span className="dim">–</span>}</td>
    </tr>
  );
};
