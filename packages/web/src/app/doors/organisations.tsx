import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Go } from '../../ui/link.tsx';
import { initialsOf } from '../../ui/person.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { type SessionOrganisation, useSession } from '../../ui/session.tsx';
import { timeZones } from '../../ui/time-zones.ts';
import { choiceLabel, t } from '../../ui/words.ts';
import { sessionKey } from '../session-gate.tsx';
import { Door } from './door.tsx';

/** My organisations, and a new one. */
const Organisations = () => {
  const { person, organisations } = useSession();
  const cache = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState<string>(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const create = useMutation({
    mutationFn: () => request<SessionOrganisation>('POST', '/api/v1/orgs', { body: { name, timeZone } }),
    onSuccess: async (made) => {
      await cache.invalidateQueries({ queryKey: sessionKey });
      await router.navigate({ to: `/o/${made.slug}` as '/' });
    },
  });
  useEffect(() => {
    if (person === null) void router.navigate({ to: '/sign-in' as '/', search: { next: '/organisations' } as never });
  }, [person, router]);
  return (
    <Door wide title={t('ui.organisations')} lead={organisations.length === 0 ? t('ui.door.noOrganisation') : undefined}>
      {organisations.length === 0 ? null : (
        <ul className="card" style={{ listStyle: 'none', padding: 0, margin: '20px 0 0' }}>
          {organisations.map((one) => (
            <li key={one.id} style={{ borderTop: '1px solid var(--line)' }}>
              <Go to={`/o/${one.slug}`} className="row" style={{ padding: '12px 16px' }}>
                <span className="av lg b5" style={{ borderRadius: 6 }} aria-hidden="true">
                  {initialsOf(one.name)}
                </span>
                <span className="grow">
                  <span className="m">{one.name}</span>
                  <br />
                  <span className="xs dim">
                    {one.roles.map((role) => choiceLabel('roles', 'role', role)).join(', ')}
                    {one.demo ? ` · ${t('ui.demo')}` : ''}
                  </span>
                </span>
              </Go>
            </li>
          ))}
        </ul>
      )}
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <h2>{t('ui.newOrganisation')}</h2>
        <TextInput
          label={t('ui.door.organisation')}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fieldError(create.error, 'name')}
        />
        <Select
          label={t('ui.timeZone')}
          description={t('ui.timeZoneHelp')}
          searchable
          data={timeZones()}
          value={timeZone}
          onChange={(next) => {
            if (next !== null) setTimeZone(next);
          }}
          limit={80}
        />
        <ProblemView error={create.error} />
        <Button type="submit" variant={organisations.length === 0 ? 'filled' : 'default'} fullWidth loading={create.isPending}>
          {t('ui.door.createOrganisation')}
        </Button>
      </form>
    </Door>
  );
};
export default Organisations;
