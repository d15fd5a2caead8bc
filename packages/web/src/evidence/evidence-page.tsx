import { evidence } from '@aimwell/contract/evidence/evidence';
import { soonDays } from '@aimwell/core/evidence/freshness';
import { addDays } from '@aimwell/core/shared/dates';
import { useUpload } from '../ui/evidence-card.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import type { RecordView } from '../ui/record.ts';
import { RegisterList } from '../ui/register/register-list.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { Freshness } from './freshness.tsx';

const cells = { validUntil: { width: 176, cell: (record: RecordView) => <Freshness record={record} cell /> } };

/** What proves what and how long it holds. Files dropped anywhere here become pieces of evidence to be tied to what they prove. */
export default function EvidencePage() {
  const here = useHere();
  const today = here.today();
  return (
    <RegisterList
      register={evidence}
      columns={['title', 'kind', 'controls', 'collectedOn', 'validUntil', 'owner']}
      cells={cells}
      standardViews={[
        { name: t('evidence.views.expired'), filters: { 'validUntil.to': addDays(today, -1) } },
        { name: t('evidence.views.soon'), filters: { 'validUntil.from': today, 'validUntil.to': addDays(today, soonDays) } },
        { name: t('evidence.views.due'), filters: { 'nextDue.to': addDays(today, soonDays) } },
        { name: t('evidence.views.notYet'), filters: { 'validFrom.from': addDays(today, 1) } },
        { name: t('evidence.views.noEnd'), filters: { validUntil: 'none', nextDue: 'none' } },
        ...(here.personId === null ? [] : [{ name: t('evidence.views.mine'), filters: { owner: here.personId } }]),
      ]}
    >
      {here.holds(evidence.permissions.create) ? <Drop /> : null}
    </RegisterList>
  );
}

const Drop = () => <FileDrop label={t('evidence.drop')} onFiles={useUpload({})} everywhere />;
