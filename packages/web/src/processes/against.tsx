import type { ProblemItem } from '@aimwell/contract/platform/problem';
import { problemsOf } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { type TaskInFull, useRun } from './calls.ts';
import { roleWords } from './task-table.tsx';

type Against = Pick<ProblemItem, 'code' | 'message' | 'remedy'>;

const known = ['TASK_TAKEN', 'WRONG_ROLE', 'NOT_BY_THE_SAME'] as const;
const isKnown = (code: string): code is (typeof known)[number] => known.some((one) => one === code);

/** What stands against a person doing a task, in words for that person; `other` says it of somebody the task is to be given to. */
export const AgainstList = ({ task, against, other = false }: { task: TaskInFull; against: readonly Against[]; other?: boolean }) => {
  const steps = useApart(task, against);
  // Each step that keeps a person away is a refusal of its own; together they are one sentence.
  const first = against.filter(({ code }, index) => against.findIndex((one) => one.code === code) === index);
  return (
    <ul className="pr-list">
      {first.map(({ code, message, remedy }) => (
        <li key={code}>
          {isKnown(code) ? (
            <>
              {t(`processes.against.${code}.${other ? 'other' : 'you'}`, {
                who: task.person?.name ?? t('processes.anotherPerson'),
                role: roleWords(task.role),
                steps,
              })}{' '}
              <span className="mut">{t(`processes.against.${code}.remedy`)}</span>
            </>
          ) : (
            <>
              {message}. <span className="mut">{remedy}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
};

const parts = ['starter', 'record.author', 'record.owner'];

/** The steps from which this one is kept apart, by the names that people know. */
const useApart = (task: TaskInFull, against: readonly Against[]): string => {
  const run = useRun(against.some(({ code }) => code === 'NOT_BY_THE_SAME') ? task.instance.id : undefined);
  return task.notBy
    .map((name) =>
      parts.includes(name)
        ? t(`processes.apart.${name.replace('.', '-')}`)
        : `“${run.data?.tasks.find(({ node }) => node === name)?.name ?? name}”`,
    )
    .join(', ');
};

/** A refused handing-over: kindly where it is about the person, else as the server said it. */
export const HandProblem = ({ task, error }: { task: TaskInFull; error: unknown }) => {
  const problems = problemsOf(error);
  if (problems.length === 0 || !problems.every(({ code }) => isKnown(code))) return <ProblemView error={error} />;
  return (
    <div className="say-box bad" role="alert">
      <AgainstList task={task} against={problems} other />
    </div>
  );
};
