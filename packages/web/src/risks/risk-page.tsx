import { risks } from '@aimwell/contract/risks/risks';
import { useParams } from '@tanstack/react-router';
import { RecordPage } from '../ui/register/record-page.tsx';
import { RatingPanel } from './rating-panel.tsx';

/** One risk: how high it stands and why, the thread that answers it, then its fields. */
export default function RiskPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return <RecordPage register={risks} id={id} hideGroups={['rating', 'acceptance']} hideRelated={['risk-assessments', 'treatment-plan-lines']} main={(record) => <RatingPanel record={record} />} />;
}
