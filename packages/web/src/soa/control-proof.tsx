import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { controlTests } from '@aimwell/contract/soa/soa';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { Status } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import { EvidenceBar } from './evidence-bar.tsx';

/** What was done because of a control, what proves it, and when its effect was last tested. */
export const ControlProof = ({ row }: { row: SoaRow }) => {
  const here = useHere();
  const about = row.ownControl === null ? `control=${row.control}` : `ownControl=${row.ownControl.id}`;
  return (
    <>
      <section className="stack" style={{ gap: 6 }} aria-labelledby="treatments">
        <h3 id="treatments">
          {t('soa.panel.treatments')} <span className="dim num">{row.treatmentCount}</span>
        </h3>
        {row.treatments.length === 0 ? (
          <p className="sm mut">{t('soa.panel.noTreatments')}</p>
        ) : (
          <ul className="soa-plain sm">
            {row.treatments.map((one) => (
              <li key={one.id}>
                <Go className="link plain" to={here.to('treatments', one.id)}>
                  <span className="id">{one.identifier}</span> {one.title}
                </Go>
                <Status value={one.state} register="treatments" field="state" quiet />
              </li>
            ))}
          </ul>
        )}
        {row.treatmentCount > row.treatments.length ? (
          <Go className="link sm" to={`${here.to('treatments')}?controls=${row.control}`}>
            {t('soa.panel.allTreatments', { count: row.treatmentCount })}
          </Go>
        ) : null}
      </section>
      <section className="stack" style={{ gap: 6 }} aria-labelledby="proof">
        <h3 id="proof">{t('soa.panel.proof')}</h3>
        <div className="row wrap" style={{ gap: '4px 16px' }}>
          <EvidenceBar row={row} />
          {row.ownControl === null ? (
            <Go className="link sm" to={`${here.to('evidence', 'new')}?controls=${row.control}`}>
              {t('soa.panel.addEvidence')}
            </Go>
          ) : null}
        </div>
        {row.lastTest === null ? (
          <p className="row sm mut">
            <Shape kind="dashed-ring" tone="none" />
            {t('soa.panel.notTested')}
          </p>
        ) : (
          <p className="row wrap sm">
            <Status value={row.lastTest.outcome} register="control-tests" field="outcome" />{' '}
            <Go className="link plain" to={here.to('control-tests', row.lastTest.id)}>
              {row.lastTest.identifier}
            </Go>{' '}
            <DayText value={row.lastTest.testedOn} />
            {row.lastTest.nextDue === null ? null : (
              <span className="mut">
                {t('soa.panel.nextTest')} <DayText value={row.lastTest.nextDue} due />
              </span>
            )}
          </p>
        )}
        {here.holds(controlTests.permissions.create) ? (
          <Go className="link sm" to={`${here.to('control-tests', 'new')}?${about}`}>
            {t('soa.panel.addTest')}
          </Go>
        ) : null}
      </section>
    </>
  );
};
