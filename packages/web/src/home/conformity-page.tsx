import type { ConformityFinding, ConformityView } from '@aimwell/contract/conformity/endpoints';
import { MomentText } from '../ui/date-text.tsx';
import { useUrlFilters } from '../ui/filters.ts';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useConformity } from './calls.ts';
import { ConformityFilters, type Shown, wantedOf } from './conformity-filters.tsx';
import { FindingItem } from './finding-item.tsx';
import './home.css';
import { MetRules, UnjudgedRules } from './rule-lists.tsx';
import { CoverageBar } from './verdict.tsx';

/** Everything the rules say: findings by requirement, what could not be judged and why, what was met. */
const ConformityPage = () => {
  const here = useHere();
  const view = useConformity();
  const { search } = useUrlFilters();
  if (!here.may('conformity.read'))
    return (
      <div className="page">
        <PageHead title={t('home.conformity')} />
        <div className="card">
          <Empty title={t('home.notShared')} />
        </div>
      </div>
    );
  return (
    <div className="page">
      <PageHead title={t('home.conformity')} />
      <ProblemView
        error={view.error}
        onRetry={() => {
          void view.refetch();
        }}
      />
      {view.isPending ? <Waiting lines={8} /> : null}
      {view.data === undefined ? null : (
        <div className="conf">
          <div>
            <p className="mut" style={{ maxWidth: '80ch' }}>
              {t('home.summary', {
                ...view.data.coverage,
                major: view.data.verdict.likelyMajor,
                minor: view.data.verdict.likelyMinor,
                count: view.data.verdict.observations,
              })}
            </p>
            <div style={{ maxWidth: 720 }}>
              <CoverageBar coverage={view.data.coverage} />
            </div>
            <p className="xs dim" style={{ marginTop: 4 }}>
              {t('home.predictions')} {t('home.judged')} <MomentText value={view.data.judgedAt} />.
            </p>
          </div>
          <ConformityFilters view={view.data} />
          <Lists view={view.data} wanted={wantedOf(search)} />
        </div>
      )}
    </div>
  );
};
export default ConformityPage;

const Lists = ({ view, wanted }: { view: ConformityView; wanted: Shown }) => {
  const { set } = useUrlFilters();
  const fits = (rule: { readonly group: string; readonly pdca: string; readonly rule: string }) =>
    (wanted.group === undefined || rule.group === wanted.group) &&
    (wanted.phase === undefined || rule.pdca === wanted.phase) &&
    (wanted.rule === undefined || rule.rule === wanted.rule);
  if (wanted.show === 'not-judged') return <UnjudgedRules rules={view.notJudged.filter(fits)} />;
  if (wanted.show === 'met') return <MetRules rules={view.met.filter(fits)} />;
  const severe = (finding: ConformityFinding) => wanted.severity === undefined || finding.severity === wanted.severity;
  const findings = view.findings.filter((finding) => fits(finding) && severe(finding));
  const looks = view.worthALook.filter((finding) => fits(finding) && severe(finding));
  const unjudged = view.notJudged.filter(fits).length;
  return (
    <>
      {findings.length === 0 && looks.length === 0 ? (
        <div className="card">
          <Empty
            title={t('home.noneFound')}
            action={
              unjudged === 0 ? undefined : (
                <button type="button" className="go-btn" onClick={() => set({ show: 'not-judged', severity: undefined })}>
                  {t('home.seeUnjudged')}
                </button>
              )
            }
          >
            {unjudged === 0 ? undefined : t('home.noneFoundButUnjudged', { count: unjudged })}
          </Empty>
        </div>
      ) : null}
      {groupsOf(view, findings).map(({ title, items, share }) => (
        <Card
          key={title}
          title={title}
          count={`${t('home.findingsN', { count: items.length })}${share === undefined ? '' : ` · ${t('home.shareOf', share)}`}`}
          flush
        >
          {items.map((finding) => (
            <FindingItem key={finding.rule} finding={finding} open={wanted.rule === finding.rule} />
          ))}
        </Card>
      ))}
      {looks.length === 0 ? null : (
        <Card title={t('home.worthALook')} count={t('home.outside')} flush>
          {looks.map((finding) => (
            <FindingItem key={finding.rule} finding={finding} open={wanted.rule === finding.rule} />
          ))}
        </Card>
      )}
    </>
  );
};

interface Group {
  readonly title: string;
  readonly items: readonly ConformityFinding[];
  readonly share?: { readonly affected: number; readonly population: number };
}

/** Findings of the standard by the requirement they would be written against, gravest first; law and certification apart. */
const groupsOf = (view: ConformityView, findings: readonly ConformityFinding[]): readonly Group[] => {
  const standard = view.requirements.flatMap(({ ref, title, rules, affected, population }) => {
    const items = findings.filter(({ group, rule }) => group === 'standard' && rules.includes(rule));
    return items.length === 0
      ? []
      : [
          {
            title: ref === null ? t('home.noRequirement') : `${ref} ${title}`,
            items,
            ...(population === 0 || items.length < rules.length ? {} : { share: { affected, population } }),
          },
        ];
  });
  const rest = findings.filter((finding) => finding.group === 'standard' && !standard.some(({ items }) => items.includes(finding)));
  const apart = (['law', 'certification'] as const).flatMap((name) => {
    const items = findings.filter(({ group }) => group === name);
    return items.length === 0 ? [] : [{ title: t(`home.groups.${name}Long`), items }];
  });
  return [...standard, ...(rest.length === 0 ? [] : [{ title: t('home.noRequirement'), items: rest }]), ...apart];
};
