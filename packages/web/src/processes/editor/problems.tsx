import { Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import type { MapProblem, useCheck } from './use-check.ts';

interface Props {
  readonly check: ReturnType<typeof useCheck>;
  readonly onChoose: (id: string) => void;
}

/** What keeps the map from running and what could be better; choosing one chooses its element. */
export const Problems = ({ check, onChoose }: Props) => {
  if (check.error !== null) return <ProblemView error={check.error} onRetry={() => void check.refetch()} />;
  if (check.data === undefined) return <Waiting lines={3} />;
  const { problems } = check.data;
  if (problems.length === 0) return <p className="sm mut pad">{t('drawing.noProblems')}</p>;
  return (
    <ul className="pr-problems" aria-busy={check.isFetching}>
      {problems.map((problem, index) => (
        <li key={index}>
          <Shape kind={problem.severity === 'error' ? 'diamond' : 'triangle'} tone={problem.severity === 'error' ? 'bad' : 'warn'} />
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

const Said = ({ problem: { element, message }, onChoose }: { problem: MapProblem; onChoose: (id: string) => void }) =>
  element === null ? (
    <span>{message}</span>
  ) : (
    <button type="button" className="link plain" onClick={() => onChoose(element)}>
      {message}
    </button>
  );
