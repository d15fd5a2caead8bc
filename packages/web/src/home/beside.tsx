import type { ConformityView } from '@aimwell/contract/conformity/endpoints';
import { IconCertificate, IconScale } from '@tabler/icons-react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';

/** Duties under law and the certification cycle, counted apart: nobody certifies them with the standard. */
export const Beside = ({ view }: { view: ConformityView }) => {
  const here = useHere();
  const { law, certification } = view.coverage.byGroup;
  const open = view.findings.filter(({ group }) => group === 'law');
  return (
    <div className="beside">
      <Go to={conformityTo(here, { group: 'law', ...(law.ran === 0 ? { show: 'not-judged' } : {}) })}>
        <IconScale size={18} stroke={1.75} aria-hidden className="t-note" />
        <span className="grow">
          <span className="m dblock">
            {open.length === 0 ? t(law.ran === 0 ? 'home.lawNotJudged' : 'home.lawNone') : t('home.lawOpen', { count: open.length })}
          </span>
          <span className="xs dim dblock">
            {open[0] === undefined
              ? null
              : `${t('home.affectedOf', { title: open[0].title, affected: open[0].affected, population: open[0].population })} · `}
            {t('home.checksRan', { ran: law.ran, total: law.total })}
          </span>
        </span>
      </Go>
      <Go to={conformityTo(here, { group: 'certification', ...(certification.ran === 0 ? { show: 'not-judged' } : {}) })}>
        <IconCertificate size={18} stroke={1.75} aria-hidden className="t-note" />
        <span className="grow">
          <span className="m dblock">
            {certification.ran === 0
              ? t('home.certNotJudged')
              : t(certification.found === 0 ? 'home.certNone' : 'home.certOpen', { count: certification.found })}
          </span>
          <span className="xs dim dblock">{t('home.checksRan', { ran: certification.ran, total: certification.total })}</span>
        </span>
      </Go>
    </div>
  );
};
