import { Go } from '../ui/link.tsx';
import { mayCheck, useIntegrity } from '../ui/integrity.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** On every page, for those who can act: the newest check found something that does not verify. */
export const IntegrityBanner = () => {
  const here = useHere();
  const may = mayCheck(here);
  const { data } = useIntegrity(may);
  if (!may || data?.state !== 'faults') return null;
  return (
    <div className="guard-band" role="status">
      <Shape kind="diamond" tone="bad" />
      <div className="grow">
        <strong>{data.sentence ?? t('trail.check.faults', { count: data.faultCount })}</strong> {t('trail.check.means')}
      </div>
      <Go className="link m" to={`${here.to('trail')}?asOf=`}>
        {t('trail.check.details')}
      </Go>
    </div>
  );
};
