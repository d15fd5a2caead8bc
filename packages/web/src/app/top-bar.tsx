import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconHelp, IconPlus, IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { initialsOf } from '../ui/person.tsx';
import { useHere, useSession } from '../ui/session.tsx';
import { Mark } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { TimeControl } from './past/time-control.tsx';
import { PersonMenu } from './person-menu.tsx';
import { FoldButton } from './rail.tsx';

/** Organisation, search, help, person. */
export const TopBar = ({
  slim,
  onSlim,
  onSearch,
  onHelp,
}: {
  slim: boolean;
  onSlim: (slim: boolean) => void;
  onSearch: () => void;
  onHelp: () => void;
}) => {
  const here = useHere();
  return (
    <header className="top">
      <FoldButton slim={slim} onChange={onSlim} />
      <span className="only-phone">
        <Mark />
      </span>
      <OrganisationMenu />
      {here.demo ? (
        <span className="demo no-phone" title={t('ui.demoHelp')}>
          {t('ui.demo')}
        </span>
      ) : null}
      <button type="button" className="search-box" onClick={onSearch} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} stroke={1.75} aria-hidden />
        <span>{t('ui.palette.open')}</span>
        <kbd>Ctrl</kbd>
        <kbd>K</kbd>
      </button>
      <span className="grow only-phone" />
      <button
        type="button"
        className="round only-phone"
        aria-label={t('ui.search')}
        onClick={onSearch}
        style={{ color: 'var(--ink-2)', minWidth: 44, minHeight: 44 }}
      >
        <IconSearch size={20} stroke={1.75} aria-hidden />
      </button>
      <TimeControl />
      <button type="button" className="round no-phone" aria-label={t('ui.help.title')} onClick={onHelp} style={{ color: 'var(--ink-2)' }}>
        <IconHelp size={18} stroke={1.75} aria-hidden />
      </button>
      <PersonMenu />
    </header>
  );
};

const OrganisationMenu = () => {
  const here = useHere();
  const { organisations } = useSession();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <button type="button" className="org" aria-label={t('ui.organisationNamed', { name: here.name })}>
          <i className="no-phone" aria-hidden="true">
            {initialsOf(here.name)}
          </i>
          <span>{here.name}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden style={{ color: 'var(--ink-3)' }} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('ui.organisations')}</Menu.Label>
        {organisations.map((one) => (
          <Menu.Item
            key={one.id}
            leftSection={one.id === here.id ? <IconCheck size={14} stroke={1.75} aria-hidden /> : <span style={{ width: 14 }} />}
            onClick={() => {
              // Each organisation has its own trail: a moment of this one says nothing there.
              void navigate({ to: `/o/${one.slug}` as '/', search: { asOf: undefined } as never });
            }}
          >
            {one.name}
            {one.demo ? <span className="dim"> · {t('ui.demo')}</span> : null}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
          onClick={() => {
            void navigate({ to: '/organisations' as '/' });
          }}
        >
          {t('ui.newOrganisation')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
