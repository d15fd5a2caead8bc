import { soaVersions } from '@aimwell/contract/soa/soa';
import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useMemo } from 'react';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Empty, PageHead, Say, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { Bands } from './bands.tsx';
import { useSoa } from './calls.ts';
import { ControlPanel } from './control-panel.tsx';
import { belongs, type Show, shows } from './counts.ts';
import { EditingProvider, editingOf } from './editing.tsx';
import { Actions, Headline, VersionPill } from './headline.tsx';
import './soa.css';
import { VersionsSide } from './versions-side.tsx';

/** The Statement of Applicability: every control, whether it applies, why, and how far it is. */
export default function SoaPage() {
  const { search } = useUrlFilters();
  const soa = useSoa(textOf(search['version']));
  if (soa.isPending)
    return (
      <div className="page wide">
        <PageHead title={t('soa.title')} />
        <Waiting lines={12} />
      </div>
    );
  if (soa.isError)
    return (
      <div className="page">
        <PageHead title={t('soa.title')} />
        <ProblemView
          error={soa.error}
          onRetry={() => {
            void soa.refetch();
          }}
        />
      </div>
    );
  return soa.data.version === null ? <First /> : <Shown view={soa.data} />;
}

const First = () => {
  const here = useHere();
  const write = useWrite('soa-versions');
  return (
    <div className="page">
      <PageHead title={t('soa.title')} />
      <Empty
        title={t('soa.first.title')}
        action={
          here.holds(soaVersions.permissions.create) ? (
            <Button variant="filled" loading={write.isPending} onClick={() => write.mutate({ kind: 'create', values: {} })}>
              {t('soa.first.start')}
            </Button>
          ) : undefined
        }
      >
        {t('soa.first.help')}
      </Empty>
      <ProblemView error={write.error} />
    </div>
  );
};

const Shown = ({ view }: { view: SoaView }) => {
  const here = useHere();
  const { search, set } = useUrlFilters();
  const asked = textOf(search['show']);
  const show: Show = shows.find((one) => one === asked) ?? 'all';
  const current = textOf(search['open']);
  const editing = useMemo(() => editingOf(here, view, (control) => set({ open: control })), [here, view, set]);
  const rows = view.rows.filter((row) => belongs(row, show, here.personId));
  const open = view.rows.find((row) => row.control === current);
  // On a phone the panel covers the page; what lies under it is out of reach.
  const covered = useMediaQuery('(max-width: 640px)') === true && open !== undefined;
  const toNeighbour = (step: number) => {
    const next = open === undefined ? undefined : rows[rows.indexOf(open) + step];
    return next === undefined || open === undefined || !rows.includes(open) ? undefined : () => set({ open: next.control });
  };
  // A link to a control shows it in its place, not only in the panel.
  useEffect(() => {
    if (current !== undefined) document.querySelector(`#control-${CSS.escape(current)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <EditingProvider value={editing}>
      <div className="soa">
        <div className="soa-main" inert={covered}>
          <div className="soa-head">
            <PageHead title={t('soa.title')} count={<VersionPill view={view} />}>
              <Actions view={view} />
            </PageHead>
            <Headline view={view} show={show} onShow={(next) => set({ show: next === 'all' ? undefined : next })} />
            {here.asOf !== null || (view.editable === 'all' && editing.can('decision')) ? null : (
              <Say tone="note" icon={<Shape kind="ring" tone="note" />}>
                {editing.whyNot('decision')}
              </Say>
            )}
          </div>
          <Bands view={view} rows={rows} current={current} />
        </div>
        <VersionsSide
          view={view}
          onOpen={(control) => set({ open: control, show: undefined })}
          onVersion={(version) => set({ version, open: undefined })}
          inert={covered}
        />
        {open === undefined ? null : (
          <ControlPanel
            row={open}
            onPrevious={toNeighbour(-1)}
            onNext={toNeighbour(1)}
            onClose={() => {
              set({ open: undefined });
              document.querySelector<HTMLElement>(`#control-${CSS.escape(open.control)} [data-row]`)?.focus();
            }}
          />
        )}
      </div>
    </EditingProvider>
  );
};
