import { systems } from '@aimwell/contract/systems/systems';
import { Go } from '../ui/link.tsx';
import { Say } from '../ui/page.tsx';
import { ImportWizard } from '../ui/import/wizard.tsx';
import { useCount } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { StepFrame, type StepProps } from './step.tsx';

/** The AI systems, from the list that exists already somewhere. */
export const SystemsStep = (props: StepProps) => {
  const here = useHere();
  const count = useCount('systems', {}).data?.count ?? 0;
  return (
    <StepFrame {...props} step="systems" lead={t('first-hour.steps.systems.lead')} bare={count === 0}>
      <div className="stack" style={{ gap: 16 }}>
        {count > 0 ? (
          <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
            <Go className="link" to={here.to('systems')}>
              {t('first-hour.systemsHere', { count })}
            </Go>
          </Say>
        ) : null}
        <ImportWizard register={systems} />
        {count === 0 ? (
          <p className="sm mut">
            {t('first-hour.noSheet')}{' '}
            <Go className="link" to={here.to('systems', 'new')}>
              {t('first-hour.oneByHand')}
            </Go>
          </p>
        ) : null}
      </div>
    </StepFrame>
  );
};
