import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { hasReason } from '@aimwell/core/soa/entry';
import { Shape, type ShapeKind, type Tone } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { blocking, countsOf } from './counts.ts';

/** What has to be so before the version may go on. */
export const Checklist = ({ view }: { view: SoaView }) => {
  const counts = countsOf(view.rows);
  const decided = counts.total - counts.undecided;
  const reasoned = view.rows.filter(
    (row) => row.decision !== 'undecided' && hasReason({ ...row, risks: [], objectives: [], owner: null }),
  ).length;
  const contradicting = view.rows.filter(blocking);
  const plan = view.version?.treatmentPlan;
  return (
    <ul className="soa-check sm">
      <Item ok={decided === counts.total}>{t('soa.check.decided', { n: decided, of: counts.total })}</Item>
      <Item ok={reasoned === decided}>{t('soa.check.reasoned', { n: reasoned, of: decided })}</Item>
      <Item ok={contradicting.length === 0} bad>
        {contradicting.length === 0 ? t('soa.check.noContradiction') : t('soa.check.contradictions', { count: contradicting.length })}
      </Item>
      <Item ok={plan?.state === 'approved'}>
        {plan === null || plan === undefined
          ? t('soa.check.noPlan')
          : t(plan.state === 'approved' ? 'soa.check.planApproved' : 'soa.check.planNot', { plan: plan.title })}
      </Item>
    </ul>
  );
};

/** Each thing that keeps the version from going on, with its remedy and the way to it. */
export const Against = ({ view, onOpen }: { view: SoaView; onOpen: (control: string) => void }) => {
  if (view.against.length === 0) return null;
  const controls = new Set(view.rows.map(({ control }) => control));
  return (
    <details className="soa-against" open={view.against.length < 4}>
      <summary className="sm m">{t('soa.against', { count: view.against.length })}</summary>
      <ul>
        {view.against.slice(0, 60).map((one, index) => (
          <li key={index} className="xs">
            <div>{one.message}.</div>
            <div className="dim">
              {one.remedy}{' '}
              {one.field !== undefined && controls.has(one.field) ? (
                <button type="button" className="link xs" onClick={() => onOpen(one.field ?? '')}>
                  {t('soa.goTo', { control: one.field })}
                </button>
              ) : null}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
};

const Item = ({ ok, bad = false, children }: { ok: boolean; bad?: boolean; children: React.ReactNode }) => {
  const [kind, tone]: readonly [ShapeKind, Tone] = ok ? ['disc', 'ok'] : bad ? ['diamond', 'bad'] : ['dashed-ring', 'none'];
  return (
    <li className={ok ? 'row mut' : 'row'}>
      <Shape kind={kind} tone={tone} />
      <span>{children}</span>
    </li>
  );
};
