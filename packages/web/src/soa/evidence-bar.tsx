import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { Go } from '../ui/link.tsx';
import { formatDay } from '../ui/dates.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** Days at which the bar is full; below the second it warns. */
const full = 180;
const soon = 30;

/** How long the evidence of a control still holds, with the way to it. */
export const EvidenceBar = ({ row }: { row: SoaRow }) => {
  const here = useHere();
  const { count, valid, validUntil, openEnded, daysLeft } = row.evidence;
  if (row.decision === 'excluded') return <span className="sm dim">{t('soa.evidence.notNeeded')}</span>;
  if (count === 0)
    return (
      <span className="st quiet">
        <Shape kind="dashed-ring" tone="none" />
        {t('soa.evidence.none')}
      </span>
    );
  const to = row.ownControl === null ? `${here.to('evidence')}?controls=${row.control}` : here.to('controls', row.ownControl.id);
  const title = t('soa.evidence.of', { valid, count });
  if (valid === 0)
    return (
      <Go className="st t-bad" to={to} title={title}>
        <Shape kind="clock" tone="bad" />
        {t('soa.evidence.expired')}
      </Go>
    );
  const late = !openEnded && daysLeft !== null && daysLeft < soon;
  const share = openEnded || daysLeft === null ? 1 : Math.max(0.04, Math.min(1, daysLeft / full));
  const text = openEnded || daysLeft === null ? t('soa.evidence.noEnd') : t('soa.evidence.left', { count: daysLeft });
  return (
    <Go
      className="row soa-fresh"
      to={to}
      title={validUntil === null ? title : `${title}, ${t('soa.evidence.until', { day: formatDay(validUntil) })}`}
    >
      <svg width="40" height="6" aria-hidden="true">
        <rect width="40" height="6" rx="3" fill="var(--line)" />
        <rect width={40 * share} height="6" rx="3" fill={late ? 'var(--warn)' : 'var(--ok)'} />
      </svg>
      <span className={late ? 'sm m t-warn nw num' : 'sm mut nw num'}>{text}</span>
    </Go>
  );
};
