import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, NameValues, Say } from '../ui/page.tsx';
import { PersonName } from '../ui/person.tsx';
import { type RecordView, useRecord } from '../ui/record.ts';
import { RiskThread } from '../ui/risk-thread.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { Moves } from './risk-rows.tsx';

interface Ref {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}
const views = ['organisation', 'individuals', 'societies'] as const;

/** How high a risk stands, why, what follows from it, and the thread that answers it. */
export const RatingPanel = ({ record }: { record: RecordView }) => {
  return (
    <>
      <Rating record={record} />
      <RiskThread risk={record} />
    </>
  );
};

const Rating = ({ record }: { record: RecordView }) => {
  const here = useHere();
  const assessment = record['assessment'] as Ref | null;
  const rating = useRecord('risk-assessments', assessment?.id);
  if (assessment === null)
    return (
      <Card title={t('risks.rating.title')}>
        <p className="mut">{t('risks.rating.none')}</p>
      </Card>
    );
  // A decision once taken no longer has to follow.
  const open = ['analysed', 'evaluated', 'reopened'].includes(String(record['state']));
  const duties = ((rating.data?.['mustFollow'] as string[] | null) ?? []).filter(
    (duty) => duty !== 'review' && (open || duty !== 'decide_treatment'),
  );
  return (
    <Card
      title={t('risks.rating.title')}
      actions={
        <Go className="link sm" to={`${here.to('risk-assessments')}?risk=${record.id}`}>
          {t('risks.rating.all')}
        </Go>
      }
    >
      <div className="stack" style={{ gap: 12 }}>
        <div className="row wrap" style={{ gap: '6px 14px' }}>
          <Moves record={record} />
          <span className="b">{String(record['band'] ?? '')}</span>
          <span className={record['aboveThreshold'] === 'yes' ? 'm t-bad' : 'mut'}>
            {t(record['aboveThreshold'] === 'yes' ? 'risks.above' : 'risks.within')}
          </span>
          <span className="sm dim">
            {t('risks.rating.on')} <DayText value={record['assessedOn'] as string} />
          </span>
        </div>
        {duties.length === 0 ? null : (
          <div className="row wrap sm">
            <span className="mut">{t('risks.rating.follows')}</span>
            {duties.map((duty) =>
              duty === 'decide_treatment' ? (
                <Go key={duty} className="chip acc" to={`${here.to('treatments', 'new')}?risk=${record.id}`}>
                  {choiceLabel('risk-assessments', 'mustFollow', duty)} →
                </Go>
              ) : (
                <span key={duty} className="chip">
                  {choiceLabel('risk-assessments', 'mustFollow', duty)}
                </span>
              ),
            )}
          </div>
        )}
        {rating.data === undefined ? null : (
          <NameValues
            rows={[
              [t('risks.rating.likelihood'), <Judged key="l" value={rating.data['likelihood']} why={rating.data['likelihoodWhy']} />],
              ...views.map(
                (name) =>
                  [
                    t(`risks.assess.view.${name}`),
                    <Judged key={name} value={rating.data[`${name}Rating`]} why={rating.data[`${name}Why`]} />,
                  ] as const,
              ),
            ]}
          />
        )}
        <Signatures record={record} />
      </div>
    </Card>
  );
};

const Judged = ({ value, why }: { value: unknown; why: unknown }) => (
  <>
    {typeof value === 'number' ? <b className="num">{value}</b> : <span className="dim">{t('risks.rating.notApplicable')}</span>}
    {typeof why === 'string' && why !== '' ? <span className="mut">{why}</span> : null}
  </>
);

/** The two signatures under what is accepted: the owner's, then designated management's. */
const Signatures = ({ record }: { record: RecordView }) => {
  const owner = record['acceptedBy'] as Ref | null;
  const approver = record['acceptanceApprovedBy'] as Ref | null;
  if (owner === null) return null;
  const stale = (record['acceptedAssessment'] as Ref | null)?.id !== (record['assessment'] as Ref | null)?.id;
  return (
    <div className="stack" style={{ gap: 6 }}>
      {stale ? (
        <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          {t('risks.rating.stale')}
        </Say>
      ) : null}
      <div className="row wrap sm">
        <Shape kind="disc" tone="ok" />
        {t('risks.rating.accepted', { level: record['acceptedLevel'] })} <PersonName name={owner.title} />{' '}
        <DayText value={record['acceptedOn'] as string} />
        {typeof record['acceptedUntil'] === 'string' ? (
          <span className="mut">
            {t('risks.rating.until')} <DayText value={record['acceptedUntil']} due />
          </span>
        ) : null}
      </div>
      <div className="row wrap sm">
        {approver === null ? (
          <>
            <Shape kind="dashed-ring" tone="none" />
            <span className="mut">{t('risks.rating.notApproved')}</span>
          </>
        ) : (
          <>
            <Shape kind="disc" tone="ok" />
            {t('risks.rating.approved')} <PersonName name={approver.title} /> <DayText value={record['acceptanceApprovedOn'] as string} />
          </>
        )}
      </div>
    </div>
  );
};
