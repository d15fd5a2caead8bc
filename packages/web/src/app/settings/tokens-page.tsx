import type { TokenView } from '@aimwell/contract/identity/views';
import { grantableBy } from '@aimwell/core/roles/permissions';
import { Button, Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { MomentText } from '../../ui/date-text.tsx';
import { Card, Empty, Say, Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { Status } from '../../ui/status.tsx';
import { choiceLabel, t } from '../../ui/words.ts';
import { Secret } from './secret.tsx';
import { SettingsFrame } from './settings-frame.tsx';

const looks = { valid: 'active', revoked: 'revoked', expired: 'expired' } as const;

/** Keys for machines: one role each, a last day each, shown once. */
const TokensPage = () => {
  const here = useHere();
  const cache = useQueryClient();
  const [making, setMaking] = useState(false);
  const key = [here.slug, 'tokens'];
  const tokens = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<{ items: TokenView[] }>('GET', here.api('tokens'), { signal }),
  });
  const revoke = useMutation({
    mutationFn: (id: string) => request('DELETE', here.api('tokens', id)),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
  });
  const items = tokens.data?.items ?? [];
  const add = (
    <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />} onClick={() => setMaking(true)}>
      {t('ui.settings.newToken')}
    </Button>
  );
  return (
    <SettingsFrame title={t('ui.settings.tokens')} lead={t('ui.settings.tokensLead')} actions={add}>
      <ProblemView error={tokens.error ?? revoke.error} />
      {tokens.isPending ? (
        <Waiting />
      ) : items.length === 0 ? (
        <Card>
          <Empty title={t('ui.settings.noTokens')}>{t('ui.settings.noTokensHelp')}</Empty>
        </Card>
      ) : (
        <Card flush>
          <div className="scroll-x" tabIndex={0} role="group" aria-label={t('ui.settings.tokens')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('ui.settings.name')}</th>
                  <th scope="col">{t('ui.settings.role')}</th>
                  <th scope="col">{t('ui.state')}</th>
                  <th scope="col">{t('ui.settings.lastUsed')}</th>
                  <th scope="col">
                    <span className="sr">{t('ui.more')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.id}>
                    <td className="m">{one.name}</td>
                    <td className="sm">{choiceLabel('roles', 'role', one.role)}</td>
                    <td className="sm">
                      <Status value={looks[one.state]} label={t(`ui.settings.token.${one.state}`)} />
                      <div className="xs dim">
                        {t('ui.settings.until')} <MomentText value={one.expiresAt} />
                      </div>
                    </td>
                    <td className="sm">
                      <MomentText value={one.lastUsedAt} ago />
                    </td>
                    <td className="r">
                      {one.state === 'valid' ? (
                        <Button
                          size="xs"
                          variant="subtle"
                          aria-label={t('ui.settings.revokeNamed', { name: one.name })}
                          onClick={() => revoke.mutate(one.id)}
                        >
                          {t('ui.settings.revoke')}
                        </Button>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      {making ? <NewToken onClose={() => setMaking(false)} /> : null}
    </SettingsFrame>
  );
};

const NewToken = ({ onClose }: { onClose: () => void }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<string | null>('reader');
  const [days, setDays] = useState(90);
  const make = useMutation({
    mutationFn: () => request<{ token: string; view: TokenView }>('POST', here.api('tokens'), { body: { name, role, days } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: [here.slug, 'tokens'] }),
  });
  return (
    <Modal opened onClose={onClose} title={t('ui.settings.newToken')}>
      {make.data === undefined ? (
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            make.mutate();
          }}
        >
          <TextInput
            label={t('ui.settings.name')}
            description={t('ui.settings.tokenNameHelp')}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(make.error, 'name')}
          />
          <Select
            label={t('ui.settings.role')}
            required
            data={grantableBy(here.roles).map((one) => ({ value: one, label: choiceLabel('roles', 'role', one) }))}
            value={role}
            onChange={setRole}
            error={fieldError(make.error, 'role')}
          />
          <NumberInput
            label={t('ui.settings.days')}
            min={1}
            max={366}
            allowDecimal={false}
            value={days}
            onChange={(next) => setDays(Number(next))}
            error={fieldError(make.error, 'days')}
          />
          <ProblemView error={make.error} />
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="subtle" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" variant="filled" loading={make.isPending}>
              {t('ui.create')}
            </Button>
          </div>
        </form>
      ) : (
        <div className="form">
          <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
            {t('ui.settings.tokenOnce')}
          </Say>
          <Secret label={t('ui.settings.tokenLabel')} value={make.data.token} />
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
export default TokensPage;
