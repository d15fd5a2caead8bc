import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { Go } from '../ui/link.tsx';
import { useTitle } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';
import { unjudgedKinds } from './situation.ts';

/** What an auditor would say today, in words and with how much was judged at all. */
export const Verdict = ({ view }: { view: ConformityView }) => {
  const here = useHere();
  useTitle(t('home.title'));
  const { verdict, coverage } = view;
  const missing = unjudgedKinds(view)
    .slice(0, 3)
    .map((kind) => kind.missing)
    .join(', ');
  return (
    <div className="col" style={{ gap: 6 }}>
      <h1 tabIndex={-1} className="say">
        {t('home.pointTo')}{' '}
        <Go className="k" to={conformityTo(here, { severity: 'major' })}>
          <Shape kind="diamond" tone="bad" size={17} />
          {t('home.likelyMajor', { count: verdict.likelyMajor })}
        </Go>{' '}
        {t('home.and')}{' '}
        <Go className="k" to={conformityTo(here, { severity: 'minor' })}>
          <Shape kind="triangle" tone="warn" size={17} />
          {t('home.likelyMinor', { count: verdict.likelyMinor })}
        </Go>{' '}
        {t('home.nonconformities')}
      </h1>
      <p className="read" style={{ fontSize: 14, lineHeight: '22px' }}>
        <Go className="link in-text" to={conformityTo(here)}>
          {t('home.ran', { ran: coverage.ran, total: coverage.total })}
        </Go>{' '}
        <Go className="link in-text" to={conformityTo(here, { show: 'not-judged' })}>
          {t('home.notJudged', { count: coverage.notJudged })}
        </Go>
        {t('home.notJudgedAre', { missing })}
      </p>
      <CoverageBar coverage={coverage} />
    </div>
  );
};

/** How many checks were met, found something, or could not judge, each a way to them. */
export const CoverageBar = ({ coverage }: { coverage: ConformityView['coverage'] }) => {
  const here = useHere();
  const { met, found, notJudged } = coverage;
  return (
    <div style={{ marginTop: 6 }}>
      <div className="bar" aria-hidden="true">
        <i style={{ flex: met, background: 'var(--chart)' }} />
        <i style={{ flex: found, background: 'var(--bad)' }} />
        <i className="hatch" style={{ flex: notJudged }} />
      </div>
      <div className="row wrap xs" style={{ gap: '2px 16px', marginTop: 4 }}>
        <Go className="mut hov" to={conformityTo(here, { show: 'met' })}>
          {t('home.metN', { count: met })}
        </Go>
        <Go className="t-bad hov" to={conformityTo(here)}>
          {t('home.foundN', { count: found })}
        </Go>
        <Go className="mut hov" to={conformityTo(here, { show: 'not-judged' })}>
          {t('home.notJudgedN', { count: notJudged })}
        </Go>
      </div>
    </div>
  );
};
