import { Status } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import type { VersionLine } from './calls.ts';

const looks = { draft: 'draft', review: 'in_review', approved: 'approved', retired: 'superseded' } as const;

/** The number of a version and where it stands. */
export const StateText = ({ number, state }: { number: number; state: VersionLine['state'] }) => (
  <span className="row wrap">
    <span className="nw">{t('processes.versionN', { number })}</span>
    <Status value={looks[state]} label={t(`processes.states.${state}`)} />
  </span>
);
