import type { MemberView } from '@aimwell/contract/identity/views';
import { grantableBy } from '@aimwell/core/roles/permissions';
import { Button, Modal, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { sessionKey } from '../session-gate.tsx';

/** Changes what somebody may do here, for how long, or takes access away. */
export const MemberDialog = ({ member, onClose }: { member: MemberView; onClose: () => void }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [roles, setRoles] = useState<string[]>([...member.roles]);
  const [from, setFrom] = useState(member.validFrom ?? '');
  const [until, setUntil] = useState(member.validUntil ?? '');
  const [removing, setRemoving] = useState(false);
  const change = useMutation({
    mutationFn: (send: { method: 'PATCH' | 'DELETE'; body?: unknown }) =>
      request(send.method, here.api('members', member.id), send.body === undefined ? {} : { body: send.body }),
    onSuccess: async () => {
      await Promise.all([cache.invalidateQueries({ queryKey: [here.slug, 'members'] }), cache.invalidateQueries({ queryKey: sessionKey })]);
      onClose();
    },
  });
  const save = () =>
    change.mutate({ method: 'PATCH', body: { roles, validFrom: from === '' ? null : from, validUntil: until === '' ? null : until } });
  return (
    <Modal opened onClose={onClose} title={member.name}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <MultiSelect
          label={t('ui.settings.roles')}
          description={t('ui.settings.rolesHelp')}
          data={grantableBy(here.roles).map((role) => ({ value: role, label: choiceLabel('roles', 'role', role) }))}
          value={roles}
          onChange={setRoles}
          error={fieldError(change.error, 'roles')}
        />
        <div className="form-2">
          <TextInput
            type="date"
            label={t('ui.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
            error={fieldError(change.error, 'validFrom')}
          />
          <TextInput
            type="date"
            label={t('ui.to')}
            value={until}
            onChange={(event) => setUntil(event.currentTarget.value)}
            error={fieldError(change.error, 'validUntil')}
          />
        </div>
        <ProblemView error={change.error} />
        <div className="row wrap">
          <Button
            variant="subtle"
            onClick={() => change.mutate({ method: 'PATCH', body: { status: member.status === 'active' ? 'suspended' : 'active' } })}
          >
            {t(member.status === 'active' ? 'ui.settings.suspend' : 'ui.settings.resume')}
          </Button>
          {removing ? (
            <Button data-danger onClick={() => change.mutate({ method: 'DELETE' })}>
              {t('ui.settings.removeSure')}
            </Button>
          ) : (
            <Button variant="subtle" onClick={() => setRemoving(true)}>
              {t('ui.settings.remove')}
            </Button>
          )}
          <span className="grow" />
          <Button type="submit" variant="filled" loading={change.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
