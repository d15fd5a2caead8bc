import { risks } from '@aimwell/contract/risks/risks';
import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconTable } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type Filters, type RecordView, useCount, useRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { highest, type Kind, type Matrix, useMatrix, useTrend } from './calls.ts';
import { HeatMap } from './heat-map.tsx';
import { movementOf, RiskRows } from './risk-rows.tsx';
import { SplitCard } from './split-card.tsx';
import { TrendCard } from './trend-card.tsx';

const open = risks.fields.state.choices.filter((state) => state !== 'closed');

/** The risk matrix, and beside it the risks of the cell that was pressed. */
export default function RisksPage() {
  const here = useHere();
  const navigate = useNavigate();
  const { search, set } = useUrlFilters();
  const kind: Kind = search['view'] === 'residual' ? 'residual' : 'inherent';
  const matrix = useMatrix(kind);
  const [pointed, setPointed] = useState<RecordView>();
  const total = useCount('risks', {});
  const cell = textOf(search['cell'])?.split('-').map(Number);
  const chosen = cell?.length === 2 ? ([cell[0] ?? 0, cell[1] ?? 0] as const) : undefined;
  const choose = (l: number, c: number) => set({ cell: chosen?.[0] === l && chosen[1] === c ? undefined : `${l}-${c}`, show: undefined });
  return (
    <div className="page wide">
      <PageHead title={t('ui.places.risks')} count={total.data?.count.toLocaleString('en')}>
        <Button
          variant="subtle"
          leftSection={<IconTable size={15} stroke={1.75} aria-hidden />}
          onClick={() => {
            void navigate({ to: here.to('risks', 'table') as '/' });
          }}
        >
          {t('risks.table')}
        </Button>
        {here.holds(risks.permissions.create) ? (
          <Button
            variant="filled"
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => {
              void navigate({ to: here.to('risks', 'new') as '/' });
            }}
          >
            {t('registers.risks.create')}
          </Button>
        ) : null}
      </PageHead>
      <ProblemView
        error={matrix.error}
        onRetry={() => {
          void matrix.refetch();
        }}
      />
      {matrix.data === undefined ? (
        <Waiting lines={8} />
      ) : (
        <>
          <Sentence />
          <div className="risk-cols">
            <div className="stack" style={{ gap: 24 }}>
              <MatrixPart
                matrix={matrix.data}
                kind={kind}
                onKind={(view) => set({ view: view === 'residual' ? view : undefined, cell: undefined })}
                chosen={chosen}
                onChoose={choose}
                pointed={pointed}
              />
              <TrendCard />
              <SplitCard />
            </div>
            <Beside
              matrix={matrix.data}
              kind={kind}
              chosen={chosen}
              show={textOf(search['show'])}
              onShow={(show) => set({ show, cell: undefined })}
              onPoint={setPointed}
            />
          </div>
        </>
      )}
    </div>
  );
}

/** Where the organisation stands today, in one sentence. */
const Sentence = () => {
  const trend = useTrend();
  const inherent = useMatrix('inherent').data;
  const today = trend.data?.months.at(-1);
  if (today === undefined || inherent === undefined) return null;
  if (inherent.criteria === null) return <NoCriteria />;
  return (
    <p className="read" style={{ marginBottom: 18, maxWidth: '90ch' }}>
      <strong style={{ color: 'var(--ink)' }}>{t('risks.sentence.above', { count: today.total, above: today.aboveThreshold })}</strong>{' '}
      {t('risks.sentence.threshold', { threshold: inherent.criteria.threshold })}
      {inherent.unrated === 0 ? '' : ` ${t('risks.sentence.unrated', { count: inherent.unrated })}`}
    </p>
  );
};

const NoCriteria = () => {
  const here = useHere();
  return (
    <div style={{ marginBottom: 16 }}>
      <Say tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
        {t('risks.noCriteria')}{' '}
        <Go className="link in-text" to={here.to('risk-criteria')}>
          {t('ui.places.criteria')}
        </Go>
      </Say>
    </div>
  );
};

interface PartProps {
  readonly matrix: Matrix;
  readonly kind: Kind;
  readonly onKind: (kind: Kind) => void;
  readonly chosen: readonly [number, number] | undefined;
  readonly onChoose: (l: number, c: number) => void;
  readonly pointed: RecordView | undefined;
}
const MatrixPart = ({ matrix, kind, onKind, chosen, onChoose, pointed }: PartProps) => {
  const { criteria, cells } = matrix;
  if (criteria === null) return null;
  const movement = pointed === undefined ? undefined : movementOf(pointed);
  return (
    <section aria-labelledby="matrix" className="stack" style={{ gap: 12 }}>
      <div className="row wrap">
        <h2 id="matrix">{t(`risks.levels.${kind}`)}</h2>
        <span className="grow" />
        <SegmentedControl
          aria-label={t('risks.switch')}
          value={kind}
          onChange={(next) => onKind(next as Kind)}
          data={(['inherent', 'residual'] as const).map((one) => ({ value: one, label: t(`risks.kinds.${one}`) }))}
        />
      </div>
      <HeatMap
        label={t(`risks.levels.${kind}`)}
        likelihood={criteria.likelihood}
        consequence={criteria.consequence}
        cells={cells}
        threshold={criteria.threshold}
        chosen={chosen}
        onChoose={onChoose}
        movement={movement}
      />
      <div className="legend xs mut">
        {criteria.bands.map((band) => (
          <span key={band.name}>
            <span className="num">
              {band.min}–{band.max}
            </span>{' '}
            {band.name.toLowerCase()}
          </span>
        ))}
      </div>
      <p className="xs dim">
        {t('risks.howToRead', { version: criteria.versionNumber })}
        {movement === undefined
          ? ''
          : ` ${t('risks.moved', { id: pointed?.identifier, from: pointed?.['inherentLevel'], to: pointed?.['residualLevel'] })}`}
        {matrix.unrated === 0 ? '' : ` ${t(kind === 'residual' ? 'risks.notRatedAfter' : 'risks.notRated', { count: matrix.unrated })}`}
      </p>
    </section>
  );
};

const views: Readonly<Record<string, Filters>> = {
  above: { kind: 'risk', aboveThreshold: 'yes', state: open },
  all: { kind: 'risk', state: open },
  identified: { kind: 'risk', state: ['identified', 'reopened'] },
};

const Beside = ({
  matrix,
  kind,
  chosen,
  show = 'above',
  onShow,
  onPoint,
}: {
  matrix: Matrix;
  kind: Kind;
  chosen: readonly [number, number] | undefined;
  show: string | undefined;
  onShow: (show: string) => void;
  onPoint: (record: RecordView | undefined) => void;
}) => {
  const view =
    chosen === undefined
      ? (views[show] ?? views['above'])
      : { state: open, kind: 'risk', [`${kind}Likelihood`]: String(chosen[0]), [`${kind}Consequence`]: String(chosen[1]) };
  const filters: Filters = { ...view, sort: '-inherentLevel' };
  const list = useRecords('risks', filters, { limit: 50 });
  const count = useCount('risks', filters);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const title =
    chosen === undefined
      ? t(`risks.views.${views[show] === undefined ? 'above' : show}`)
      : `${matrix.criteria?.likelihood[chosen[0] - 1] ?? ''} × ${matrix.criteria?.consequence[chosen[1] - 1] ?? ''}`;
  return (
    <Card
      title={title}
      flush
      count={count.data === undefined ? undefined : t('ui.nOf', { n: count.data.count, of: matrix.total })}
      actions={
        <span className="row wrap" style={{ gap: 4 }}>
          {Object.keys(views)
            .filter((name) => chosen !== undefined || name !== show)
            .map((name) => (
              <Button key={name} size="xs" variant="subtle" onClick={() => onShow(name)}>
                {t(`risks.views.${name}`)}
              </Button>
            ))}
        </span>
      }
    >
      {list.isPending ? <Waiting lines={5} /> : null}
      <ProblemView error={list.error} />
      {list.isSuccess && items.length === 0 ? (
        <Empty title={t(chosen === undefined ? `risks.none.${views[show] === undefined ? 'above' : show}` : 'risks.none.cell')}>
          {matrix.total === 0 ? t('registers.risks.empty') : undefined}
        </Empty>
      ) : null}
      <RiskRows items={items} max={highest(matrix.cells.map(({ level }) => level))} onPoint={onPoint} />
      {list.hasNextPage ? (
        <div style={{ padding: '8px 16px' }}>
          <Button
            size="xs"
            loading={list.isFetchingNextPage}
            onClick={() => {
              void list.fetchNextPage();
            }}
          >
            {t('risks.more')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
};
