import { Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import type { MapProblem, useCheck } from './use-check.ts';

interface Props {
  readonly check: ReturnType<typeof useCheck>;
  readonly onChoose: (id: string) => void;
}

const id = 'pr-problems';

/** How much there is to look at, on the board: the list itself may stand below the screen. */
export const ProblemCount = ({ problems = [] }: { problems?: readonly MapProblem[] | undefined }) =>
  problems.length === 0 ? null : (
    <button type="button" className="link sm st" onClick={() => document.querySelector(`#${id}`)?.scrollIntoView({ block: 'nearest' })}>
      <Mark severity={problems.some(({ severity }) => severity === 'error') ? 'error' : 'warning'} />
      {t('drawing.problems')}: <span className="num">{problems.length}</span>
    </button>
  );

const Mark = ({ severity }: Pick<MapProblem, 'severity'>) => (
  <Shape kind={severity === 'error' ? 'diamond' : 'triangle'} tone={severity === 'error' ? 'bad' : 'warn'} />
);

/** What keeps the map from running and what could be better; choosing one chooses its element. */
export const Problems = ({ check, onChoose }: Props) => {
  if (check.error !== null) return <ProblemView error={check.error} onRetry={() => void check.refetch()} />;
  if (check.data === undefined) return <Waiting lines={3} />;
  const { problems } = check.data;
  if (problems.length === 0) return <p className="sm mut pad">{t('drawing.noProblems')}</p>;
  return (
    <ul id={id} className="pr-problems" aria-busy={check.isFetching}>
      {problems.map((problem, index) => (
        <li key={index}>
          <Mark severity={problem.severity} />
          <span className="grow">
            <span className="sr">{t(`drawing.severities.${problem.severity}`)}: </span>
            <Said problem={problem} onChoose={onChoose} />
            {problem.remedy === '' ? null : <span className="xs mut dblock">{problem.remedy}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** A problem in words. Ids are for those who have no drawing: here its element is chosen. */
const Said = ({ problem: { element, message }, onChoose }: { problem: MapProblem; onChoose: (id: string) => void }) =>
  element === null ? (
    <span>{message}</span>
  ) : (
    <button type="button" className="link plain" onClick={() => onChoose(element)}>
      {message.replace(`" (${element})`, '"')}
    </button>
  );
