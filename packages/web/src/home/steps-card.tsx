import type { ConformityFinding } from '@aimwell/contract/conformity/endpoints';
import { type NextStep, nextSteps } from '@aimwell/core/home/next-steps';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { LikelyText } from '../ui/register/conformity-card.tsx';
import { type Here, useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import type { MyWork } from './calls.ts';
import { remedyLink } from './remedy.ts';
import { type Figures, situationOf } from './situation.ts';

const places: Readonly<Partial<Record<NextStep['kind'], string>>> = {
  answer_what_waits: 'my-work',
  catch_up: 'my-work',
  register_systems: 'systems',
  approve_scope: 'scope-statements',
  approve_criteria: 'risk-criteria',
  name_risks: 'risks',
  approve_plan: 'treatment-plans',
  decide_controls: 'soa',
  approve_soa: 'soa',
};

/** The five steps that help most now, by the rules of core. */
export const StepsCard = ({ figures, work, findings }: { figures: Figures; work: MyWork; findings: readonly ConformityFinding[] }) => {
  const here = useHere();
  const steps = nextSteps(
    situationOf(figures, work),
    findings.filter(({ group }) => group !== 'certification'),
  );
  if (steps.length === 0)
    return (
      <Card title={t('home.nextSteps')}>
        <p className="sm mut">{t('home.noSteps')}</p>
      </Card>
    );
  return (
    <Card title={t('home.nextSteps')} flush>
      <ol className="steps5">
        {steps.map((step, index) => (
          <Step
            key={`${step.kind} ${step.rule ?? ''}`}
            step={step}
            number={index + 1}
            here={here}
            finding={findings.find(({ rule }) => rule === step.rule)}
          />
        ))}
      </ol>
    </Card>
  );
};

const Step = ({ step, number, here, finding }: { step: NextStep; number: number; here: Here; finding: ConformityFinding | undefined }) => {
  const to = finding === undefined ? toOf(here, step) : remedyLink(here, finding).to;
  return (
    <li>
      <span className="num-c" aria-hidden="true">
        {number}
      </span>
      <div style={{ minWidth: 0 }}>
        <Go className="m hov" to={to}>
          {finding === undefined ? t(`home.steps.${step.kind}.do`, { count: step.count, context: step.from }) : finding.title}
        </Go>
        <div className="xs dim" style={{ marginTop: 2 }}>
          {finding === undefined ? (
            t(`home.steps.${step.kind}.why`, { count: step.count })
          ) : (
            <>
              {t('home.clears', { count: step.count })} · <LikelyText severity={finding.severity} />
            </>
          )}
        </div>
      </div>
    </li>
  );
};

const toOf = (here: Here, { kind }: NextStep): string =>
  kind === 'rate_risks' ? `${here.to('risks')}?state=identified` : here.to(places[kind] ?? 'conformity');
