import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
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
      <Menu.Target><button type="button" className="round" aria-label={t('ui.personMenu', { name: person.name })}><Initials name={person.name} large /></button></Menu.Target>
      <Menu.Dropdown>
        <div style={{ padding: '6px 10px' }}><div className="m">{person.name}</div><div className="xs dim">{person.email}</div>{here === null ? null : <div className="xs dim" style={{ marginTop: 4 }}>{here.roles.map((role) => choiceLabel('roles', 'role', role)).join(', ')}</div>}</div>
        <Menu.Divider />
        <Menu.Label>{t('ui.theme')}</Menu.Label>
        {schemes.map((scheme) => <Menu.Item key={scheme} role="menuitemradio" aria-checked={colorScheme === scheme} closeMenuOnClick={false} leftSection={colorScheme === scheme ? <IconCheck size={14} stroke={1.75} aria-hidden /> : <span style={{ width: 14 }} />} onClick={() => setColorScheme(scheme)}>{t(`ui.themes.${scheme}`)}</Menu.Item>)}
        <Menu.Divider />
        {here === null ? null : <Menu.Item onClick={() => { void navigate({ to: here.to('settings', 'account') as '/' }); }}>{t('ui.changePassword')}</Menu.Item>}
        <Menu.Item onClick={() => { void leave(false); }}>{t('ui.signOut')}</Menu.Item>
        <Menu.Item onClick={() => { void leave(true); }}>{t('ui.signOutEverywhere')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
