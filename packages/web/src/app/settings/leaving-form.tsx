import type { LeavingView } from '@aimwell/contract/platform/leaving';
import { Button, Checkbox, Modal, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Card, Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { Shape } from '../../ui/shapes.tsx';
import { t } from '../../ui/words.ts';
import { RecipientsField } from './recipients-field.tsx';
import { Secret } from './secret.tsx';

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: `${String(hour).padStart(2, '0')}:00` }));

interface Draft {
  readonly hour: number;
  readonly recipients: LeavingView['recipients'];
  readonly url: string;
  readonly newSecret: boolean;
  readonly stamp: boolean;
}
const draftOf = ({ hour, recipients, webhook, stamp }: LeavingView): Draft => ({
  hour,
  recipients,
  url: webhook?.url ?? '',
  newSecret: false,
  stamp,
});
const wishOf = ({ hour, recipients, url, newSecret, stamp }: Draft) => ({
  hour,
  stamp,
  recipients: recipients.map(({ personId, email, name }) =>
    personId === null ? { email, ...(name === null ? {} : { name }) } : { personId },
  ),
  webhook: url.trim() === '' ? null : { url: url.trim(), ...(newSecret ? { newSecret } : {}) },
});

/** To whom, by which ways, at which hour. */
export const LeavingForm = ({ leaving }: { leaving: LeavingView }) => {
  const here = useHere();
  const cache = useQueryClient();
  const [draft, setDraft] = useState(draftOf(leaving));
  const set = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  const changed = JSON.stringify(draft) !== JSON.stringify(draftOf(leaving));
  const save = useMutation({
    mutationFn: () =>
      request<{ leaving: LeavingView; secret: string | null }>('PUT', here.api('trail', 'leaving'), { body: wishOf(draft) }),
    onSuccess: (answer) => {
      cache.setQueryData([here.slug, 'leaving'], answer.leaving);
      setDraft(draftOf(answer.leaving));
    },
  });
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Card title={t('leaving.mail')}>
        <RecipientsField leaving={leaving} recipients={draft.recipients} onChange={(recipients) => set({ recipients })} />
      </Card>
      <Card title={t('leaving.webhook')}>
        <div className="form">
          <TextInput
            label={t('leaving.webhookUrl')}
            description={t('leaving.webhookHelp')}
            type="url"
            placeholder="https://"
            value={draft.url}
            onChange={(event) => set({ url: event.currentTarget.value })}
            error={fieldError(save.error, 'webhook.url')}
          />
          {leaving.webhook !== null && draft.url.trim() === leaving.webhook.url ? (
            <Checkbox
              label={t('leaving.newSecret')}
              description={t('leaving.newSecretHelp')}
              checked={draft.newSecret}
              onChange={(event) => set({ newSecret: event.currentTarget.checked })}
            />
          ) : null}
        </div>
      </Card>
      <Card title={t('leaving.stamp')}>
        {leaving.stampAuthority === null && !draft.stamp ? (
          <p className="sm mut">
            {t('leaving.stampHelp')} {t('leaving.noStamp')}
          </p>
        ) : (
          <Switch
            label={t('leaving.stampLabel', { authority: leaving.stampAuthority ?? '–' })}
            description={t('leaving.stampHelp')}
            checked={draft.stamp}
            onChange={(event) => set({ stamp: event.currentTarget.checked })}
            error={fieldError(save.error, 'stamp')}
          />
        )}
      </Card>
      <Card title={t('leaving.when')}>
        <Select
          label={t('leaving.hour')}
          description={t('leaving.hourHelp', { timeZone: leaving.timeZone })}
          data={hours}
          allowDeselect={false}
          value={String(draft.hour)}
          onChange={(hour) => set({ hour: Number(hour) })}
          style={{ maxWidth: 420 }}
        />
      </Card>
      <ProblemView error={save.error} />
      {changed ? (
        <div className="row">
          <Button type="submit" variant="filled" loading={save.isPending}>
            {t('ui.save')}
          </Button>
          <Button variant="subtle" onClick={() => setDraft(draftOf(leaving))}>
            {t('ui.cancel')}
          </Button>
        </div>
      ) : null}
      {typeof save.data?.secret === 'string' ? <ShownOnce secret={save.data.secret} onClose={() => save.reset()} /> : null}
    </form>
  );
};

const ShownOnce = ({ secret, onClose }: { secret: string; onClose: () => void }) => (
  <Modal opened onClose={onClose} title={t('leaving.secret')}>
    <div className="form">
      <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
        {t('leaving.secretOnce')}
      </Say>
      <Secret label={t('leaving.secret')} value={secret} />
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="filled" onClick={onClose}>
          {t('ui.done')}
        </Button>
      </div>
    </div>
  </Modal>
);
