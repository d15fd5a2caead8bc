import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fieldError, problemsOf, request } from '../../ui/api.ts';
import { ProblemView } from '../../ui/problem.tsx';
import { type Session } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';
import { sessionKey } from '../session-gate.tsx';
import { Door, safeNext } from './door.tsx';

const SignIn = () => {
  const cache = useQueryClient();
  const router = useRouter();
  const { next } = useSearch({ strict: false }) as { next?: string };
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => request<Session>('POST', '/api/v1/session', { body: { email: email.trim(), password } }),
    onSuccess: async (session) => {
      cache.setQueryData(sessionKey, session);
      // The pages learn who is here a moment later; before that they would lead back to this door.
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      await router.navigate({ href: safeNext(next) ?? '/' });
    },
  });
  return (
    <Door title={t('ui.door.signIn')} lead={t('ui.door.signInLead')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate();
        }}
      >
        <TextInput
          label={t('ui.door.email')}
          type="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fieldError(signIn.error, 'email')}
        />
        <PasswordInput
          label={t('ui.password')}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={fieldError(signIn.error, 'password')}
          visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword') }}
        />
        {signIn.isError && problemsOf(signIn.error).every(({ field }) => field === undefined) ? <ProblemView error={signIn.error} /> : null}
        <Button type="submit" variant="filled" fullWidth loading={signIn.isPending}>
          {t('ui.door.signInVerb')}
        </Button>
      </form>
      <p className="sm dim" style={{ marginTop: 16 }}>
        {t('ui.door.forgot')}
      </p>
    </Door>
  );
};
export default SignIn;
