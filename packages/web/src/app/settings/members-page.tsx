import type { InvitationView, MemberView } from '@aimwell/contract/identity/views';
import { Button, Menu } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../../ui/api.ts';
import { DayText, MomentText } from '../../ui/date-text.tsx';
import { Card, Waiting } from '../../ui/page.tsx';
import { Initials } from '../../ui/person.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Status } from '../../ui/status.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { InviteDialog } from './invite-dialog.tsx';
import { MemberDialog } from './member-dialog.tsx';
import { SettingsFrame } from './settings-frame.tsx';

const rolesText = (roles: readonly string[]): string => roles.map((role) => choiceLabel('roles', 'role', role)).join(', ');

/** Who has access, in which roles, until when; and who is invited. */
const MembersPage = () => {
  const here = useHere();
  const may = here.may('members.manage');
  const [inviting, setInviting] = useState(false);
  const members = useQuery({
    queryKey: [here.slug, 'members'],
    queryFn: ({ signal }) => request<{ items: MemberView[] }>('GET', here.api('members'), { signal }),
  });
  const invitations = useQuery({
    queryKey: [here.slug, 'invitations'],
    enabled: may,
    queryFn: ({ signal }) => request<{ items: InvitationView[] }>('GET', here.api('invitations'), { signal }),
  });
  const open = invitations.data?.items ?? [];
  return (
    <SettingsFrame
      title={t('ui.settings.members')}
      lead={t('ui.settings.membersLead')}
      actions={
        may ? (
          <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setInviting(true)}>
            {t('ui.settings.invite')}
          </Button>
        ) : undefined
      }
    >
      <ProblemView error={members.error ?? invitations.error} />
      {members.isPending ? <Waiting /> : <Members items={members.data?.items ?? []} may={may} />}
      {open.length > 0 ? <Invitations items={open} /> : null}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
    </SettingsFrame>
  );
};

const Members = ({ items, may }: { items: readonly MemberView[]; may: boolean }) => {
  const [editing, setEditing] = useState<MemberView>();
  return (
    <Card title={t('ui.settings.members')} count={items.length} flush>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={t('ui.settings.members')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('ui.settings.person')}</th>
              <th scope="col">{t('ui.settings.roles')}</th>
              <th scope="col">{t('ui.settings.access')}</th>
              {may ? (
                <th scope="col">
                  <span className="sr">{t('ui.more')}</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {items.map((member) => (
              <tr key={member.id}>
                <td style={{ minWidth: 180, paddingTop: 8, paddingBottom: 8 }}>
                  <div className="row">
                    <Initials name={member.name} />
                    <div>
                      <div className="m">
                        {member.name}
                        {member.you ? <span className="dim"> · {t('ui.settings.you')}</span> : null}
                      </div>
                      <div className="xs dim">{member.email}</div>
                    </div>
                  </div>
                </td>
                <td className="sm" style={{ minWidth: 140 }}>
                  {rolesText(member.roles)}
                </td>
                <td className="sm nw">
                  {member.status === 'suspended' ? (
                    <Status value="suspended" label={t('ui.settings.suspended')} />
                  ) : member.validUntil === null ? (
                    t('ui.settings.unlimited')
                  ) : (
                    <>
                      {t('ui.settings.until')} <DayText value={member.validUntil} due />
                    </>
                  )}
                </td>
                {may ? (
                  <td className="r">
                    <Button
                      size="xs"
                      variant="subtle"
                      aria-label={t('ui.editNamed', { name: member.name })}
                      onClick={() => setEditing(member)}
                    >
                      {t('ui.edit')}
                    </Button>
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing === undefined ? null : <MemberDialog member={editing} onClose={() => setEditing(undefined)} />}
    </Card>
  );
};

const Invitations = ({ items }: { items: readonly InvitationView[] }) => {
  const here = useHere();
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: (id: string) => request('DELETE', here.api('invitations', id)),
    onSuccess: () => cache.invalidateQueries({ queryKey: [here.slug, 'invitations'] }),
  });
  return (
    <Card title={t('ui.settings.invitations')} count={items.length} flush>
      <ProblemView error={revoke.error} />
      <div className="scroll-x" tabIndex={0} role="group" aria-label={t('ui.settings.members')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('ui.settings.person')}</th>
              <th scope="col">{t('ui.settings.roles')}</th>
              <th scope="col">{t('ui.state')}</th>
              <th scope="col">
                <span className="sr">{t('ui.more')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((one) => (
              <tr key={one.id}>
                <td style={{ minWidth: 180 }}>
                  <div className="m">{one.name}</div>
                  <div className="xs dim">{one.email}</div>
                </td>
                <td className="sm">{rolesText(one.roles)}</td>
                <td className="sm nw">
                  <Status value={one.state} label={t(`ui.settings.invitation.${one.state}`)} />
                  {one.state === 'open' ? (
                    <div className="xs dim">
                      {t('ui.settings.until')} <MomentText value={one.expiresAt} />
                    </div>
                  ) : null}
                </td>
                <td className="r">
                  {one.state === 'open' ? (
                    <Menu position="bottom-end">
                      <Menu.Target>
                        <Button size="xs" variant="subtle" px={6} aria-label={t('ui.moreOf', { name: one.name })}>
                          <IconDots size={16} aria-hidden />
                        </Button>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item onClick={() => revoke.mutate(one.id)}>{t('ui.settings.revoke')}</Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
};
export default MembersPage;
