import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Go } from '../../ui/link.tsx';
import { Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { type Session } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import { sessionKey } from '../session-gate.tsx';
import { Door, tokenInAddress } from './door.tsx';

/** The first visit: one person, and one organisation if he wants it now. The link's secret stands behind `#`. */
const SetUp = () => {
  const cache = useQueryClient();
  const router = useRouter();
  const state = useQuery({ queryKey: ['setup'], queryFn: () => request<{ needed: boolean }>('GET', '/api/v1/setup') });
  const [typed, setTyped] = useState('');
  const [values, setValues] = useState({ name: '', email: '', password: '', organisation: '' });
  const [withOrganisation, setWithOrganisation] = useState(true);
  const fromLink = tokenInAddress();
  const token = fromLink === '' ? typed.trim() : fromLink;
  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const run = useMutation({
    mutationFn: () =>
      request<Session>('POST', '/api/v1/setup', {
        body: {
          token,
          name: values.name,
          email: values.email,
          password: values.password,
          ...(withOrganisation && values.organisation.trim() !== ''
            ? { organisation: { name: values.organisation, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } }
            : {}),
        },
      }),
    onSuccess: async (session) => {
      cache.setQueryData(sessionKey, session);
      await router.navigate({ to: '/' });
    },
  });
  if (state.data?.needed === false) {
    return (
      <Door title={t('ui.door.setUpDone')} lead={t('ui.door.setUpDoneLead')}>
        <p style={{ marginTop: 24 }}>
          <Go className="link" to="/sign-in">
            {t('ui.door.signInVerb')}
          </Go>
        </p>
      </Door>
    );
  }
  return (
    <Door wide title={t('ui.door.setUp')} lead={t('ui.door.setUpLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run.mutate();
        }}
      >
        {fromLink === '' ? (
          <>
            <Say tone="note" icon={<Shape kind="ring" tone="note" />}>
              {t('ui.door.noToken')}
            </Say>
            <TextInput
              label={t('ui.door.token')}
              required
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              error={fieldError(run.error, 'token')}
            />
          </>
        ) : null}
        <Checkbox
          label={t('ui.door.withOrganisation')}
          description={t('ui.door.withOrganisationHelp')}
          checked={withOrganisation}
          onChange={(event) => setWithOrganisation(event.currentTarget.checked)}
        />
        {withOrganisation ? (
          <TextInput
            label={t('ui.door.organisation')}
            autoComplete="organization"
            required
            autoFocus
            error={fieldError(run.error, 'organisation')}
            {...field('organisation')}
          />
        ) : null}
        <TextInput label={t('ui.door.name')} autoComplete="name" required error={fieldError(run.error, 'name')} {...field('name')} />
        <TextInput
          label={t('ui.door.email')}
          type="email"
          autoComplete="username"
          required
          error={fieldError(run.error, 'email')}
          {...field('email')}
        />
        <PasswordInput
          label={t('ui.password')}
          description={t('ui.door.passwordHelp')}
          autoComplete="new-password"
          required
          error={fieldError(run.error, 'password')}
          visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword') }}
          {...field('password')}
        />
        <ProblemView error={run.error} label={(name) => t(`ui.door.${name}`, { defaultValue: name })} />
        <Button type="submit" variant="filled" fullWidth loading={run.isPending}>
          {t(withOrganisation ? 'ui.door.setUpVerb' : 'ui.door.setUpVerbAlone')}
        </Button>
      </form>
    </Door>
  );
};
export default SetUp;
