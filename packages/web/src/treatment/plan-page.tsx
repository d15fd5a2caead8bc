import { treatmentPlans } from '@aimwell/contract/treatment/treatments';
import { useParams } from '@tanstack/react-router';
import { Card, Empty, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { RecordPage } from '../ui/register/record-page.tsx';
import { t } from '../ui/words.ts';
import { Downloads } from './downloads.tsx';
import { TreatmentLines } from './lines.tsx';

const downloads = (record: RecordView) => <Downloads plan={record} />;
const lines = (record: RecordView) => <Lines plan={record} />;

/** One version of the treatment plan with its lines. A draft shows the treatments of today; they are copied when it is submitted. */
export default function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <RecordPage register={treatmentPlans} id={id} hideRelated={['treatment-plan-lines']} lead={downloads} main={lines} />;
}

const Lines = ({ plan }: { plan: RecordView }) => {
  const draft = plan['state'] === 'draft';
  const frozen = useSomeRecords('treatment-plan-lines', { plan: plan.id }, 100, !draft);
  const live = useSomeRecords('treatments', { state: ['planned', 'in_progress', 'done', 'not_effective', 'effective'] }, 100, draft);
  const list = draft ? live : frozen;
  const items = list.data?.items ?? [];
  return (
    <Card title={t('treatment.lines')} flush count={list.isSuccess ? items.length : undefined}>
      {draft ? (
        <p className="sm mut" style={{ padding: '10px 16px' }}>
          {t('treatment.draft')}
        </p>
      ) : null}
      {list.isPending ? <Waiting lines={4} /> : null}
      <ProblemView error={list.error} />
      {list.isSuccess && items.length === 0 ? <Empty title={t('treatment.none')} /> : null}
      <TreatmentLines lines={items} frozen={!draft} />
      {items.length === 100 ? (
        <p className="xs dim" style={{ padding: '8px 16px' }}>
          {t('treatment.firstHundred')}
        </p>
      ) : null}
    </Card>
  );
};
