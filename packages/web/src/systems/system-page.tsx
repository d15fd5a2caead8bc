import { systems } from '@aimwell/contract/systems/systems';
import { useParams } from '@tanstack/react-router';
import type { RecordView } from '../ui/record.ts';
import { RecordPage } from '../ui/register/record-page.tsx';
import { Status } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { LawCard } from './law-card.tsx';
import { StageLine } from './stage-line.tsx';

const lead = (record: RecordView) => <Lead record={record} />;
const main = (record: RecordView) => <LawCard record={record} />;

/** The story of one AI system: what it is for and for whom, where it stands, what the law says and why, and what hangs on it. */
export default function SystemPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  return (
    <RecordPage
      register={systems}
      id={id}
      firstGroups={['identity', 'people', 'data', 'supply']}
      hideGroups={['law']}
      hideRelated={['risks']}
      lead={lead}
      main={main}
    />
  );
}

const Lead = ({ record }: { record: RecordView }) => (
  <div className="stack" style={{ gap: 14 }}>
    <p className="read">{said(record)}</p>
    <div className="row wrap" style={{ gap: '6px 18px' }}>
      <Status value={String(record['lawClass'])} register="systems" field="lawClass" />
      <Status value={String(record['scopeDecision'])} register="systems" field="scopeDecision" quiet />
      {((record['rolesStandard'] as string[] | null) ?? []).map((role) => (
        <span key={role} className="chip acc">
          {choiceLabel('systems', 'rolesStandard', role)}
        </span>
      ))}
    </div>
    <StageLine record={record} />
  </div>
);

/** Purpose and who is affected, as a person from outside would ask it; what is missing is said. */
const said = (record: RecordView): string => {
  const text = (name: string): string | undefined => {
    const value = record[name];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const whom = text('affectedGroups');
  return [
    (text('purpose') ?? t('systems.noPurpose')).replace(/(?<![.?!])$/u, '.'),
    ...(whom === undefined ? [] : [t('systems.affects', { whom: whom.replace(/\.$/, '') })]),
  ].join(' ');
};
