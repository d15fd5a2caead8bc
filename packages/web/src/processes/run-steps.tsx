import { readAsk } from '@aimwell/core/processes/ask';
import { MomentText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { humanise, t } from '../ui/words.ts';
import type { Overlay, Run, StepLine } from './calls.ts';
import { StepName } from './step-table.tsx';
import { questionWords } from './step-words.ts';
import { DueText, roleWords, WhoText } from './task-table.tsx';

const looks = {
  done: ['disc', 'ok'],
  current: ['half', 'acc'],
  stopped: ['triangle', 'warn'],
  cancelled: ['dash', 'none'],
  skipped: ['dash', 'none'],
  notNeeded: ['dash', 'none'],
  ahead: ['dashed-ring', 'none'],
} as const;

/** The run as a list: what became of each step, who did or has it, by when, and with what proof. On a phone all of it stands below the step. */
export const RunSteps = ({ run, overlay, steps }: { run: Run; overlay: Overlay; steps: readonly StepLine[] }) => (
  <Card title={t('processes.steps')} count={steps.length} flush>
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.steps')}>
      <table className="table pr-table pr-stacks">
        <thead>
          <tr>
            <th scope="col">{t('processes.columns.step')}</th>
            <th scope="col">{t('processes.state')}</th>
            {(['processes.columns.who', 'processes.columns.due', 'processes.evidence'] as const).map((column) => (
              <th key={column} scope="col" className="no-phone">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <StepRow key={step.id} step={step} steps={steps} run={run} overlay={overlay} />
          ))}
        </tbody>
      </table>
    </div>
  </Card>
);

interface RowProps {
  readonly step: StepLine;
  readonly steps: readonly StepLine[];
  readonly run: Run;
  readonly overlay: Overlay;
}

const StepRow = ({ step, steps, run, overlay }: RowProps) => {
  const here = useHere();
  const node = overlay.nodes[step.id];
  const state = node?.state ?? 'ahead';
  const [kind, tone] = looks[state];
  const tasks = run.tasks.filter((task) => task.node === step.id);
  const proof = run.attached.filter((one) => one.node === step.id);
  const who =
    tasks.length > 0 ? <TasksOf tasks={tasks} /> : step.role === null ? null : <span className="mut">{roleWords(step.role)}</span>;
  const due = tasks.length === 0 ? null : tasks.map((task) => <DueText key={task.id} task={task} />);
  const evidence =
    proof.length === 0
      ? null
      : proof.map((one) => (
          <Go key={`${one.task} ${one.id}`} className="link dblock" to={here.to('evidence', one.id)}>
            {one.identifier} {one.title}
          </Go>
        ));
  return (
    <tr className="sm">
      <td>
        <StepName step={step} />
        {answersAt(run, step).map(({ line, words }) => (
          <span key={line} className="xs dblock">
            {words}
          </span>
        ))}
        {textsAt(run, step, steps).map(({ name, words }) => (
          <span key={name} className="xs dblock">
            {words}
          </span>
        ))}
        <span className="only-phone pr-under">
          {due === null ? null : (
            <span>
              <span className="dim">{t('processes.columns.due')}</span> {due}
            </span>
          )}
          {who}
          {evidence}
        </span>
      </td>
      <td>
        <span className="st quiet">
          <Shape kind={kind} tone={tone} /> {t(`processes.nodes.${state}`)}
        </span>
        {node === undefined || node.last === null ? null : (
          <span className="xs dim dblock">
            <MomentText value={node.last} />
          </span>
        )}
      </td>
      {[who, due, evidence].map((cell, index) => (
        <td key={index} className="no-phone">
          {cell ?? <span className="dim">–</span>}
        </td>
      ))}
    </tr>
  );
};

/** What was answered at a step, each time it was done: by this the way went on. */
const answersAt = (run: Run, step: StepLine): readonly { readonly line: number; readonly words: string }[] => {
  const questions = readAsk(step.form ?? '') ?? [];
  const asked = (name: string) => {
    const question = questions.find((one) => one.name === name);
    return question === undefined ? `${humanise(name)}:` : question.text === null ? `${questionWords(question)}:` : questionWords(question);
  };
  return run.history.flatMap(({ line, node, what, detail }) => {
    const answers =
      node === step.id && what === 'completed'
        ? (detail as { readonly answers?: Readonly<Record<string, unknown>> } | null)?.answers
        : null;
    if (answers === null || answers === undefined) return [];
    const words = Object.entries(answers).map(
      ([name, answer]) => `${asked(name)} ${typeof answer === 'boolean' ? t(answer ? 'ui.yes' : 'ui.no') : String(answer)}`,
    );
    return [{ line, words: words.join(', ') }];
  });
};

/**
 * Answers in words stand among the values of the run alone, where they can be erased, and only the newest: so they are shown at the
 * step at which the question was answered last.
 */
const textsAt = (run: Run, step: StepLine, steps: readonly StepLine[]): readonly { readonly name: string; readonly words: string }[] =>
  (readAsk(step.form ?? '') ?? []).flatMap((question) => {
    const { name } = question;
    const answer = run.variables[name];
    const asking = new Set(steps.filter(({ form }) => (readAsk(form ?? '') ?? []).some((one) => one.name === name)).map(({ id }) => id));
    const last = run.history.findLast(({ what, node }) => what === 'completed' && node !== null && asking.has(node));
    if (last?.node !== step.id || typeof answer !== 'string' || answer === '') return [];
    return [{ name, words: `${questionWords(question)}${question.text === null ? ':' : ''} ${answer}` }];
  });

const TasksOf = ({ tasks }: { tasks: Run['tasks'] }) => {
  const here = useHere();
  return tasks.map((task) => (
    <span key={task.id} className="dblock">
      <WhoText task={task} />
      <Go className="link xs dblock" to={here.to('tasks', task.id)}>
        {t(task.state === 'open' ? 'processes.toTask' : 'processes.seeTask')}
      </Go>
    </span>
  ));
};
