import type { InvitationView } from '@aimwell/contract/identity/views';
import { grantableBy, type Role } from '@aimwell/core/roles/permissions';
import { Button, Modal, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { Secret } from './secret.tsx';

interface Made {
  readonly invitation: InvitationView;
  readonly link: string;
  readonly mailed: boolean;
}

/** Invites somebody; the answer is a link to hand over, mailed as well where mail is set up. */
export const InviteDialog = ({ onClose }: { onClose: () => void }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [values, setValues] = useState({ name: '', email: '', function: '', validFrom: '', validUntil: '' });
  const [roles, setRoles] = useState<string[]>([]);
  const limited = roles.includes('external_auditor');
  const text = (name: keyof typeof values) => ({
    value: values[name],
    error: fieldError(invite.error, name),
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const invite = useMutation({
    mutationFn: () =>
      request<Made>('POST', here.api('invitations'), {
        body: {
          name: values.name,
          email: values.email,
          roles,
          ...(values.function.trim() === '' ? {} : { function: values.function }),
          ...(values.validFrom === '' ? {} : { validFrom: values.validFrom }),
          ...(values.validUntil === '' ? {} : { validUntil: values.validUntil }),
        },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: [here.slug, 'invitations'] }),
  });
  return (
    <Modal opened onClose={onClose} title={t('ui.settings.invite')}>
      {invite.data === undefined ? (
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            invite.mutate();
          }}
        >
          <TextInput label={t('ui.settings.name')} required data-autofocus {...text('name')} />
          <TextInput label={t('ui.door.email')} type="email" required {...text('email')} />
          <TextInput label={t('ui.settings.function')} {...text('function')} />
          <MultiSelect
            label={t('ui.settings.roles')}
            description={t('ui.settings.rolesHelp')}
            required
            data={grantableBy(here.roles).map((role: Role) => ({ value: role, label: choiceLabel('roles', 'role', role) }))}
            value={roles}
            onChange={setRoles}
            error={fieldError(invite.error, 'roles')}
          />
          {limited ? (
            <div className="form-2">
              <TextInput type="date" label={t('ui.from')} required {...text('validFrom')} />
              <TextInput type="date" label={t('ui.to')} required {...text('validUntil')} />
            </div>
          ) : null}
          <ProblemView error={invite.error} />
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="subtle" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={invite.isPending}>
              {t('ui.settings.inviteVerb')}
            </Button>
          </div>
        </form>
      ) : (
        <div className="form">
          <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
            {t(invite.data.mailed ? 'ui.settings.invitedMailed' : 'ui.settings.invitedLink', { name: invite.data.invitation.name })}
          </Say>
          <Secret label={t('ui.settings.link')} value={invite.data.link} />
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="filled" onClick={onClose}>
              {t('ui.done')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
};
