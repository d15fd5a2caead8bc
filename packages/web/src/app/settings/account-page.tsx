import { Button, PasswordInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Card, NameValues, Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere, useSession } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { SettingsFrame } from './settings-frame.tsx';

/** The person's own account: who he is here, and his password. */
const AccountPage = () => {
  const { person } = useSession();
  const here = useHere();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({
    mutationFn: () => request('POST', '/api/v1/session/password', { body: { current, next } }),
    onSuccess: () => {
      setCurrent('');
      setNext('');
    },
  });
  return (
    <SettingsFrame title={t('ui.settings.account')}>
      <Card>
        <NameValues
          rows={[
            [t('ui.settings.name'), person?.name],
            [t('ui.door.email'), person?.email],
            [t('ui.settings.roles'), here.roles.map((role) => choiceLabel('roles', 'role', role)).join(', ')],
          ]}
        />
      </Card>
      <Card title={t('ui.changePassword')}>
        <form
          className="form"
          style={{ maxWidth: 380 }}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            change.mutate();
          }}
        >
          <input type="text" autoComplete="username" value={person?.email ?? ''} readOnly hidden />
          <PasswordInput
            label={t('ui.settings.currentPassword')}
            autoComplete="current-password"
            required
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            error={fieldError(change.error, 'current')}
            visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword') }}
          />
          <PasswordInput
            label={t('ui.door.newPassword')}
            description={t('ui.door.passwordHelp')}
            autoComplete="new-password"
            required
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
            error={fieldError(change.error, 'next')}
            visibilityToggleButtonProps={{ 'aria-label': t('ui.showPassword') }}
          />
          <ProblemView error={change.error} />
          {change.isSuccess ? (
            <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
              {t('ui.settings.passwordChanged')}
            </Say>
          ) : null}
          <div>
            <Button type="submit" variant="filled" loading={change.isPending}>
              {t('ui.changePassword')}
            </Button>
          </div>
        </form>
      </Card>
    </SettingsFrame>
  );
};
export default AccountPage;
