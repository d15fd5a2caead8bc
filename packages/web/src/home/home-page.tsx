import { formatDay } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { Beside } from './beside.tsx';
import { useConformity, useMyWork } from './calls.ts';
import { ChangesCard } from './changes-card.tsx';
import { DueCard } from './due-card.tsx';
import { FiveFindings } from './five.tsx';
import './home.css';
import { CycleRing } from './ring.tsx';
import { isEmpty, useFigures } from './situation.ts';
import { StepsCard } from './steps-card.tsx';
import { Tiles } from './tiles.tsx';
import { TrendFigure } from './trend.tsx';
import { Verdict } from './verdict.tsx';

/** "What would an auditor say today, and what do I do next?" */
const HomePage = () => {
  const here = useHere();
  const view = useConformity();
  const figures = useFigures();
  const work = useMyWork();
  const sees = here.may('conformity.read');
  if (figures !== undefined && isEmpty(figures)) return <Beginning />;
  return (
    <div className="page home">
      <div className="home-main">
        <p className="xs dim">
          {sees ? t(here.asOf === null ? 'home.asked' : 'home.askedThen', { date: formatDay(here.today()) }) : formatDay(here.today())}
        </p>
        {sees ? null : (
          <>
            <PageHead title={t('home.title')} />
            {figures === undefined ? <Waiting lines={4} /> : <Tiles figures={figures} />}
          </>
        )}
        <ProblemView
          error={view.error}
          onRetry={() => {
            void view.refetch();
          }}
        />
        {view.isLoading ? <Waiting lines={8} /> : null}
        {view.data === undefined ? null : (
          <>
            <div className="verdict">
              <Verdict view={view.data} />
              <TrendFigure />
            </div>
            <Beside view={view.data} />
            <FiveFindings view={view.data} />
          </>
        )}
      </div>
      <aside className="home-side" aria-label={t('home.beside')}>
        {view.data === undefined ? null : <CycleRing view={view.data} />}
        <DueCard />
      </aside>
      <div className="home-full">
        {sees ? (
          <>
            {here.asOf !== null ? null : figures === undefined || work.data === undefined || view.data === undefined ? (
              <Waiting lines={3} />
            ) : (
              <StepsCard figures={figures} work={work.data} findings={view.data.findings} />
            )}
            {figures === undefined ? null : <Tiles figures={figures} />}
          </>
        ) : null}
        <ChangesCard />
      </div>
    </div>
  );
};
export default HomePage;

/** An organisation in which nothing was entered yet: what to do first, and one way to do it. */
const Beginning = () => {
  const here = useHere();
  const may = here.may('settings.change');
  if (here.asOf !== null)
    return (
      <div className="page">
        <PageHead title={t('home.nothingThen')} />
      </div>
    );
  return (
    <div className="page">
      <PageHead title={t('home.beginTitle', { name: here.name })} />
      <div className="card">
        <Empty
          title={t('home.beginLead')}
          action={
            may ? (
              <>
                <Go className="go-btn filled" to={here.to('first-hour')}>
                  {t('home.beginVerb')}
                </Go>
                <ol className="begin sm">
                  {['answers', 'systems', 'risks', 'soa'].map((step) => (
                    <li key={step}>{t(`home.begin.${step}`)}</li>
                  ))}
                </ol>
              </>
            ) : undefined
          }
        >
          {t(may ? 'home.beginHelp' : 'home.beginOthers')}
        </Empty>
      </div>
    </div>
  );
};
