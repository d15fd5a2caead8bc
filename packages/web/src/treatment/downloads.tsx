import { reportFormats } from '@aimwell/contract/reports/endpoints';
import { addressOf } from '../ui/api.ts';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** A line of small links still takes a finger. */
const touch = { display: 'inline-flex', alignItems: 'center', minHeight: 24, minWidth: 24 } as const;

/** A plan version as a document; what is not approved says so on every page of it. */
export const Downloads = ({ plan }: { plan: RecordView }) => {
  const here = useHere();
  if (!here.may('reports.read')) return null;
  return (
    <span className="row wrap xs mut" style={{ gap: 10 }}>
      {t('treatment.download')}
      {reportFormats.map((format) => (
        <a
          key={format}
          className="link xs"
          style={touch}
          download
          href={addressOf(here.api('reports', 'treatment-plan'), { format, version: plan.id })}
          aria-label={t('treatment.downloadNamed', { plan: String(plan['name']), format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
};
