import type { RecordPanelProps } from '../ui/room.ts';
import { Go } from '../ui/link.tsx';
import { Say } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

interface Ref {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** From the record of a version or an entry to the page where it is worked on. */
export default function ToPage({ register, record }: RecordPanelProps) {
  const here = useHere();
  if (record.archivedAt !== null) return null;
  const control = record['control'] as string | null;
  const own = record['ownControl'] as Ref | null;
  const version = register.name === 'soa-versions' ? record.id : ((record['soa'] as Ref | null)?.id ?? '');
  const open = control ?? own?.identifier;
  return (
    <Say tone="note">
      {t(register.name === 'soa-versions' ? 'soa.toPage.version' : 'soa.toPage.entry')}{' '}
      <Go
        className="link in-text"
        to={`${here.to('soa')}?version=${version}${open === undefined || register.name === 'soa-versions' ? '' : `&open=${open}`}`}
      >
        {t('soa.toPage.link')}
      </Go>
    </Say>
  );
}
