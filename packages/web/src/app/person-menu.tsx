import { Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { request } from '../ui/api.ts';
import { Initials } from '../ui/person.tsx';
import { useMaybeHere, useSession } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';

const schemes = ['light', 'dark', 'auto'] as const;

/** Who is signed in and as what, the theme, the password, and the way out. */
export const PersonMenu = () => {
  const { person } = useSession();
  const here = useMaybeHere();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (person === null) return null;
  const leave = async (everywhere: boolean) => {
    await request(everywhere ? 'POST' : 'DELETE', everywhere ? '/api/v1/session/everywhere' : '/api/v1/session').catch(() => undefined);
    cache.clear();
    await navigate({ to: '/sign-in' as '/' });
    await cache.invalidateQueries();
  };
  return (
    <Menu position="bottom-end" width={248}>
      <Menu.Target>
        <button type="button" className="round" aria-label={t('ui.personMenu', { name: person.name })}>
          <Initials name={person.name} large />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <div className="m" style={{ color: 'var(--ink)', fontSize: 14 }}>
            {person.name}
          </div>
          <div className="xs dim">{person.email}</div>
          {here === null ? null : (
            <div className="xs dim" style={{ marginTop: 4 }}>
              {here.roles.map((role) => choiceLabel('roles', 'role', role)).join(', ')}
            </div>
          )}
        </Menu.Label>
        <Menu.Divider />
        <Menu.Label>{t('ui.theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as (typeof schemes)[number])}>
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              {t(`ui.themes.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        {here === null ? null : (
          <Menu.Item
            onClick={() => {
              void navigate({ to: here.to('settings', 'account') as '/' });
            }}
          >
            {t('ui.changePassword')}
          </Menu.Item>
        )}
        <Menu.Item
          onClick={() => {
            void leave(false);
          }}
        >
          {t('ui.signOut')}
        </Menu.Item>
        <Menu.Item
          onClick={() => {
            void leave(true);
          }}
        >
          {t('ui.signOutEverywhere')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
