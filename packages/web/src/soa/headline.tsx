import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { reportFormats } from '@aimwell/contract/reports/endpoints';
import { Button, Menu, Popover } from '@mantine/core';
import { IconArrowDown, IconArrowsDiff, IconDownload, IconKeyboard } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { addressOf } from '../ui/api.ts';
import { NameValues } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { StatusPill } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import { belongs, countsOf, type Show, shows } from './counts.ts';

const keys = ['J', 'K', 'Enter', 'I', 'E', 'U', 'W', 'S', 'O'] as const;

/** Where the statement stands, in one sentence, and the views of its controls. */
export const Headline = ({ view, show, onShow }: { view: SoaView; show: Show; onShow: (show: Show) => void }) => {
  const here = useHere();
  const counts = countsOf(view.rows);
  return (
    <>
      <p className="soa-sentence" aria-live="polite">
        <b>{t('ui.nOf', { n: counts.included, of: counts.total })}</b> {t('soa.sentence.included')}{' '}
        <b>{t('ui.nOf', { n: counts.inForce, of: counts.included })}</b> {t('soa.sentence.inForce')}
        {counts.tested === 0 ? '.' : `, ${t('soa.sentence.tested', { count: counts.tested })}`}
        {counts.undecided === 0 ? '' : ` ${t('soa.sentence.undecided', { count: counts.undecided })}`}
        {counts.contradicting === 0 ? '' : ` ${t('soa.sentence.contradicting', { count: counts.contradicting })}`}
      </p>
      <div className="row wrap" role="group" aria-label={t('soa.show')}>
        {shows.map((one) => {
          const n = view.rows.filter((row) => belongs(row, one, here.personId)).length;
          return n === 0 && one !== show && (one === 'gaps' || one === 'mine') ? null : (
            <button
              key={one}
              type="button"
              className="fchip"
              aria-pressed={one === show}
              data-on={one === show || undefined}
              onClick={() => onShow(one)}
            >
              {t(`soa.shows.${one}`)} <span className="num dim">{n}</span>
            </button>
          );
        })}
        <span className="grow" />
        <Popover position="bottom-end" withArrow>
          <Popover.Target>
            <button type="button" className="tb-button no-phone">
              <IconKeyboard size={15} stroke={1.75} aria-hidden />
              {t('soa.keysTitle')}
            </button>
          </Popover.Target>
          <Popover.Dropdown>
            <NameValues rows={keys.map((key) => [key, t(`soa.keyMeans.${key}`)] as const)} />
          </Popover.Dropdown>
        </Popover>
      </div>
    </>
  );
};

/** Which version is shown; stands beside the title. */
export const VersionPill = ({ view }: { view: SoaView }) =>
  view.version === null ? null : (
    <StatusPill value={view.version.state} label={t(`soa.versionName.${view.version.state}`, { n: view.version.versionNumber })} />
  );

/** Compare and download, for the version shown. */
export const Actions = ({ view }: { view: SoaView }) => {
  const here = useHere();
  const navigate = useNavigate();
  const { version } = view;
  if (version === null) return null;
  const other =
    view.versions.find((one) => one.state === 'approved' && one.id !== version.id) ?? view.versions.find((one) => one.id !== version.id);
  const compare = () => {
    if (other !== undefined) void navigate({ to: here.to('soa', 'compare') as '/', search: { from: other.id, to: version.id } as never });
  };
  return (
    <>
      <Button
        variant="subtle"
        className="soa-jump"
        leftSection={<IconArrowDown size={15} stroke={1.75} aria-hidden />}
        onClick={() => {
          const side = document.querySelector<HTMLElement>('#soa-versions');
          side?.scrollIntoView();
          side?.focus({ preventScroll: true });
        }}
      >
        {t('soa.versions')}
      </Button>
      {other === undefined ? null : (
        <Button variant="subtle" leftSection={<IconArrowsDiff size={15} stroke={1.75} aria-hidden />} onClick={compare}>
          {t('soa.compare.verb')}
        </Button>
      )}
      {here.may('reports.read') ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="subtle" leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />}>
              {t('soa.download')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {reportFormats.map((format) => (
              <Menu.Item key={format} component="a" download href={addressOf(here.api('reports', 'soa'), { format, version: version.id })}>
                {t(`soa.formats.${format}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </>
  );
};
