import { type Icon, IconAlertTriangle, IconMap2, IconShieldCheck, IconTrendingUp } from '@tabler/icons-react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { conformityTo } from './calls.ts';
import { countOf, type Figures } from './situation.ts';

interface Tile {
  readonly name: string;
  readonly icon: Icon;
  readonly value: number;
  readonly of: number;
  readonly what: string;
  readonly to: string;
  /** More figures, each with the records behind it. */
  readonly more: readonly { readonly text: string; readonly to: string }[];
}

/** The four pillars of the management system in figures; each figure opens its register. */
export const Tiles = ({ figures }: { figures: Figures }) => (
  <section className="tiles" aria-label={t('home.pillars')}>
    {useTiles(figures).map((tile) => (
      <TileCard key={tile.name} tile={tile} />
    ))}
  </section>
);

const TileCard = ({ tile: { name, icon: Glyph, value, of, what, to, more } }: { tile: Tile }) => (
  <section className="card tile" aria-labelledby={`tile-${name}`}>
    <h2 id={`tile-${name}`} className="row sm mut m">
      <Glyph size={16} stroke={1.75} aria-hidden />
      {t(`home.tiles.${name}.title`)}
    </h2>
    <Go className="v hov" to={to}>
      {value.toLocaleString('en')} <span>{what}</span>
    </Go>
    <div className="bar" style={{ height: 6 }} aria-hidden="true">
      <i style={{ flex: value, background: 'var(--chart)' }} />
      <i style={{ flex: of === 0 ? 1 : of - value, background: 'var(--line-2)' }} />
    </div>
    <ul>
      {more.map((line) => (
        <li key={line.text}>
          <Go className="xs mut hov" to={line.to}>
            {line.text}
          </Go>
        </li>
      ))}
    </ul>
  </section>
);

const useTiles = (figures: Figures): readonly Tile[] => {
  const here = useHere();
  const { decisions, roles, scopes, risks, above, treatments, objectives, tests, soa, byDecision, byStatus } = figures;
  const decided = countOf(decisions, 'in', 'out');
  const unrated = countOf(risks, 'identified');
  const openTreatments = countOf(treatments, 'planned', 'in_progress', 'not_effective');
  const included = countOf(byDecision, 'included');
  const inForce = countOf(byStatus, 'implemented', 'effective');
  const well = countOf(objectives, 'on_track', 'reached');
  const scopeState = ['approved', 'in_review', 'draft'].find((state) => countOf(scopes, state) > 0);
  const query = (register: string, text: string) => `${here.to(register)}?${text}`;
  return [
    {
      name: 'scope',
      icon: IconMap2,
      value: decided,
      of: decisions.count,
      what: t('home.tiles.scope.of', { count: decisions.count }),
      to: here.to('systems'),
      more: [
        {
          text: t('home.tiles.scope.statement', {
            state:
              scopeState === undefined ? t('home.tiles.scope.none') : choiceLabel('scope-statements', 'state', scopeState).toLowerCase(),
          }),
          to: here.to('scope-statements'),
        },
        {
          text: t('home.tiles.scope.roles', {
            accepted: countOf(roles, 'accepted'),
            count: countOf(roles, 'proposed', 'accepted', 'declined'),
          }),
          to: here.to('role-assignments'),
        },
        ...(decisions.count === decided
          ? []
          : [
              {
                text: t('home.tiles.scope.undecided', { count: decisions.count - decided }),
                to: query('systems', 'scopeDecision=undecided'),
              },
            ]),
      ],
    },
    {
      name: 'risk',
      icon: IconAlertTriangle,
      value: risks.count - unrated,
      of: risks.count,
      what: t('home.tiles.risk.of', { count: risks.count }),
      to: here.to('risks'),
      more: [
        { text: t('home.tiles.risk.above', { count: above.count - countOf(above, 'closed') }), to: query('risks', 'aboveThreshold=yes') },
        {
          text: t('home.tiles.risk.treatments', { count: openTreatments }),
          to: query('treatments', 'state=planned&state=in_progress&state=not_effective'),
        },
      ],
    },
    {
      name: 'controls',
      icon: IconShieldCheck,
      value: inForce,
      of: included,
      what: t('home.tiles.controls.of', { count: included }),
      to: here.to('soa'),
      more: [
        {
          text:
            soa === undefined
              ? t('home.tiles.controls.none')
              : t('home.tiles.controls.decided', {
                  excluded: countOf(byDecision, 'excluded'),
                  undecided: countOf(byDecision, 'undecided'),
                }),
          to: here.to('soa'),
        },
        {
          text: t('home.tiles.controls.tests', { effective: countOf(tests, 'effective'), count: tests.count }),
          to: here.to('control-tests'),
        },
      ],
    },
    {
      name: 'improve',
      icon: IconTrendingUp,
      value: well,
      of: objectives.count,
      what: t('home.tiles.improve.of', { count: objectives.count }),
      to: here.to('objectives'),
      more: [
        {
          text: t('home.tiles.improve.checked', {
            count: countOf(treatments, 'effective', 'not_effective'),
            effective: countOf(treatments, 'effective'),
          }),
          to: query('treatments', 'state=effective&state=not_effective'),
        },
        ...(here.may('conformity.read')
          ? [{ text: t('home.tiles.improve.notKept'), to: conformityTo(here, { show: 'not-judged', phase: 'Check' }) }]
          : []),
      ],
    },
  ];
};
