import type { OrganisationAction } from '@aimwell/core/roles/permissions';
import { useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Go } from '../../ui/link.tsx';
import { PageHead } from '../../ui/page.tsx';
import { useHere } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';

const parts = [
  ['', 'organisation'],
  ['members', 'members'],
  ['tokens', 'tokens'],
  ['checkpoints', 'checkpoints'],
  ['outbox', 'outbox'],
  ['permissions', 'permissions'],
  ['account', 'account'],
] as const;

const needed: Partial<Record<(typeof parts)[number][0], OrganisationAction>> = {
  tokens: 'tokens.manage',
  checkpoints: 'settings.change',
  outbox: 'settings.change',
};

/** Head and side of every settings page; shows only what the person may see. */
export const SettingsFrame = ({
  title,
  lead,
  actions,
  children,
}: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}) => {
  const here = useHere();
  const { pathname } = useLocation();
  const shown = parts.filter(([path]) => {
    const action = needed[path];
    return action === undefined || here.may(action);
  });
  return (
    <div className="page">
      <div className="set-nav">
        <nav aria-label={t('ui.settings.title')}>
          {shown.map(([path, word]) => {
            const to = path === '' ? here.to('settings') : here.to('settings', path);
            return (
              <Go key={word} to={to} aria-current={pathname === to ? 'page' : undefined}>
                {t(`ui.settings.${word}`)}
              </Go>
            );
          })}
        </nav>
        <div style={{ minWidth: 0 }}>
          <PageHead title={title}>{actions}</PageHead>
          {lead === undefined ? null : (
            <p className="sm mut" style={{ margin: '-8px 0 16px', maxWidth: '70ch' }}>
              {lead}
            </p>
          )}
          <div className="stack">{children}</div>
        </div>
      </div>
    </div>
  );
};
