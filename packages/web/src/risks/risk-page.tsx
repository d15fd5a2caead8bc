import { risks } from '@aimwell/contract/risks/risks';
import { useParams } from '@tanstack/react-router';
import type { RecordView } from '../ui/record.ts';
import { RecordPage } from '../ui/register/record-page.tsx';
import { RatingPanel } from './rating-panel.tsx';

const rating = (record: RecordView) => <RatingPanel record={record} />;

/** One risk: how high it stands and why, the thread that answers it, then its fields. */
export default function RiskPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return (
    <RecordPage
      register={risks}
      id={id}
      hideGroups={['rating', 'acceptance']}
      hideRelated={['risk-assessments', 'treatment-plan-lines']}
      main={rating}
    />
  );
}
