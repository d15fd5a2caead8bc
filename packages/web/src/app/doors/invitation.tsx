import type { invitationEndpoints } from '@aimwell/contract/identity/endpoints';
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { fieldError, request } from '../../ui/api.ts';
import { formatDay } from '../../ui/dates.ts';
import { Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { type Session } from '../../ui/session.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { sessionKey } from '../session-gate.tsx';
import { Door, tokenInAddress } from './door.tsx';

type Seen = z.infer<typeof invitationEndpoints.see.response>;

/** Accepting an invitation: as who is signed in, with the password of the account there is, or with a new one. */
const Invitation = () => {
  const token = tokenInAddress();
  const cache = useQueryClient();
  const router = useRouter();
  const path = `/api/v1/invitations/${encodeURIComponent(token)}`;
  const seen = useQuery({ queryKey: ['invitation', token], retry: false, queryFn: () => request<Seen>('GET', path) });
  const [name, setName] = useState<string>();
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: () =>
      request<Session>('POST', path, {
        body: {
          ...(seen.data?.isYou === true ? {} : { password }),
          ...(seen.data?.hasAccount === true ? {} : { name: name ?? seen.data?.name }),
        },
      }),
    onSuccess: async (session) => {
      cache.setQueryData(sessionKey, session);
      await router.navigate({ to: '/' });
    },
  });
  if (seen.isPending)
    return (
      <Door title={t('ui.door.invitation')}>
        <Waiting />
      </Door>
    );
  if (seen.isError)
    return (
      <Door title={t('ui.door.invitation')}>
        <div style={{ marginTop: 24 }}>
          <ProblemView
            error={seen.error}
            onRetry={() => {
              void seen.refetch();
            }}
          />
        </div>
      </Door>
    );
  const { organisation, email, roles, hasAccount, isYou, validFrom, validUntil } = seen.data;
  return (
    <Door
      title={t('ui.door.join', { organisation })}
      lead={
        <>
          {t('ui.door.invitedAs', { email })} {roles.map((role) => choiceLabel('roles', 'role', role)).join(', ')}
          {validUntil === null ? '' : `, ${t('ui.door.days', { from: formatDay(validFrom ?? ''), until: formatDay(validUntil) })}`}.
        </>
      }
    >
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate();
        }}
      >
        {hasAccount ? null : (
          <TextInput
            label={t('ui.door.name')}
            autoComplete="name"
            required
            value={name ?? seen.data.name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(accept.error, 'name')}
          />
        )}
        {isYou ? (
          <p className="sm mut">{t('ui.door.isYou')}</p>
        ) : (
          <PasswordInput
            autoFocus
            label={t(hasAccount ? 'ui.password' : 'ui.door.newPassword')}
            description={t(hasAccount ? 'ui.door.yourPassword' : 'ui.door.passwordHelp')}
            autoComplete={hasAccount ? 'current-password' : 'new-password'}
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={fieldError(accept.error, 'password')}
            visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword') }}
          />
        )}
        <ProblemView error={accept.error} />
        <Button type="submit" variant="filled" fullWidth loading={accept.isPending}>
          {t('ui.door.accept')}
        </Button>
      </form>
    </Door>
  );
};
export default Invitation;
