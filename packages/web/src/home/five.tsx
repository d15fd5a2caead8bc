import type { ConformityFinding, ConformityView } from '@aimwell/contract/conformity/endpoints';
import { formatDay } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { LikelyText, SeverityShape } from '../ui/register/conformity-card.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';
import { remedyLink } from './remedy.ts';

/** The five gravest findings against the standard, each with its remedy and the way to it. */
export const FiveFindings = ({ view }: { view: ConformityView }) => {
  const here = useHere();
  const all = view.findings.filter(({ group }) => group === 'standard');
  return (
    <Card
      title={t('home.five')}
      flush
      actions={
        all.length === 0 ? undefined : (
          <Go className="link sm" to={conformityTo(here)}>
            {t('home.allFindings', { count: all.length })}
          </Go>
        )
      }
    >
      {all.length === 0 ? (
        <p className="sm mut" style={{ padding: 16 }}>
          {t('home.noFindings', { ran: view.coverage.byGroup.standard.ran })}
        </p>
      ) : null}
      {all.slice(0, 5).map((finding) => (
        <Line key={finding.rule} finding={finding} />
      ))}
    </Card>
  );
};

const Line = ({ finding }: { finding: ConformityFinding }) => {
  const here = useHere();
  const { to, label } = remedyLink(here, finding);
  return (
    <div className="find">
      <span className="shape">
        <SeverityShape severity={finding.severity} size={14} />
      </span>
      <div className="said">
        <Go className="m hov" to={conformityTo(here, { rule: finding.rule })}>
          {finding.title}
        </Go>
        <div className="xs dim">
          <LikelyText severity={finding.severity} /> · {clausesOf(finding.refs)}
          {finding.population === 0
            ? ''
            : ` · ${t('home.ofRecords', { affected: finding.affected, population: finding.population })}`} ·{' '}
          {t('ui.since', { date: formatDay(finding.since) })}
        </div>
        <div className="sm mut">{finding.remedy}</div>
      </div>
      <Go className="go-btn" to={to} aria-label={`${label}: ${finding.title}`}>
        {label}
      </Go>
    </div>
  );
};

/** `Clause 8.1, A.6.2.8`; controls alone need no word. */
const clausesOf = (refs: readonly string[]): string =>
  refs.length === 0
    ? t('home.noClause')
    : refs[0]?.startsWith('A.') === true
      ? refs.join(', ')
      : t('home.clause', { ref: refs.join(', ') });
