import { useEffect, useRef, useState } from 'react';
import { Empty, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { ClassifyStep } from './classify-step.tsx';
import { ContextStep } from './context-step.tsx';
import { CriteriaStep } from './criteria-step.tsx';
import { EndStep } from './end-step.tsx';
import './first-hour.css';
import { type Hour, useHour } from './hour.ts';
import { OrganisationStep } from './organisation-step.tsx';
import { RisksStep } from './risks-step.tsx';
import { ScopeStep } from './scope-step.tsx';
import { Side } from './side.tsx';
import { SoaStep } from './soa-step.tsx';
import type { StepProps } from './step.tsx';
import { after, type StepId } from './steps.ts';
import { SystemsStep } from './systems-step.tsx';

const parts: Readonly<Record<StepId, (props: StepProps) => React.ReactNode>> = {
  organisation: OrganisationStep,
  context: ContextStep,
  scope: ScopeStep,
  systems: SystemsStep,
  classify: ClassifyStep,
  criteria: CriteriaStep,
  risks: RisksStep,
  soa: SoaStep,
  end: EndStep,
};

/** The first hour: one guided way from an empty organisation to a draft Statement of Applicability. It can be left and resumed. */
const FirstHourPage = () => {
  const here = useHere();
  const { found, hour, save } = useHour();
  const [seen, setSeen] = useState<StepId>();
  const at = seen ?? hour.at;
  const main = useRef<HTMLDivElement>(null);
  const shown = useRef(at);
  useEffect(() => {
    if (shown.current === at) return;
    shown.current = at;
    main.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    main.current?.scrollIntoView({ block: 'start' });
  }, [at]);
  if (!here.may('settings.change'))
    return (
      <div className="page">
        <Empty title={t('first-hour.notYours')}>
          <span>{t('first-hour.notYoursWhy')}</span>
        </Empty>
      </div>
    );
  if (found.data === undefined)
    return (
      <div className="page">
        {found.isError ? (
          <ProblemView
            error={found.error}
            onRetry={() => {
              void found.refetch();
            }}
          />
        ) : (
          <Waiting lines={8} />
        )}
      </div>
    );
  const goOn = (changes: Partial<Hour> & { readonly name?: string } = {}) => {
    const next = after(at);
    // The end is marked by being reached: there is nothing to confirm on it.
    const done = [...new Set([...hour.done, at, ...(next === 'end' ? (['end'] as const) : [])])];
    save.mutate({ ...changes, at: next, done }, { onSuccess: () => setSeen(next) });
  };
  const later = () => save.mutate({ at: after(at) }, { onSuccess: () => setSeen(after(at)) });
  const Part = parts[at];
  return (
    <div className="fh">
      <Side hour={hour} at={at} onStep={setSeen} name={found.data.name} />
      <div className="fh-main" ref={main}>
        {save.isError ? (
          <div style={{ padding: '16px 32px 0' }}>
            <ProblemView error={save.error} />
          </div>
        ) : null}
        <Part key={at} hour={hour} goOn={goOn} later={later} goTo={setSeen} busy={save.isPending} />
      </div>
    </div>
  );
};
export default FirstHourPage;
