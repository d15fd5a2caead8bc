import type { ReferenceView } from '@aimwell/contract/platform/schema';
import type { LeavingView } from '@aimwell/contract/platform/leaving';
import { Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ReferencePicker } from '../../ui/form/pickers.tsx';
import { t } from '../../ui/words.ts';

type Recipient = LeavingView['recipients'][number];
interface Props {
  readonly leaving: LeavingView;
  readonly recipients: readonly Recipient[];
  readonly onChange: (recipients: Recipient[]) => void;
}

/** Who gets checkpoints by mail: rows to take away, and two ways to add one. */
export const RecipientsField = ({ leaving, recipients, onChange }: Props) => {
  const [person, setPerson] = useState<ReferenceView | null>(null);
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const add = (one: Recipient) => onChange([...recipients.filter((other) => keyOf(other) !== keyOf(one)), one]);
  if (!leaving.mailAvailable && recipients.length === 0)
    return (
      <p className="sm mut">
        {t('leaving.mailHelp')} {t('leaving.noMail')}
      </p>
    );
  return (
    <div className="form">
      <p className="sm mut">{t('leaving.mailHelp')}</p>
      {recipients.length === 0 ? <p className="sm dim">{t('leaving.noRecipients')}</p> : null}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none', minWidth: 0 }}>
        {recipients.map((one) => (
          <li key={keyOf(one)} className="row">
            <span className="grow sm" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              {one.name ?? one.email} <Whereto one={one} />
            </span>
            <Button
              size="xs"
              variant="subtle"
              aria-label={t('leaving.remove', { name: one.name ?? one.email })}
              onClick={() => onChange(recipients.filter((other) => other !== one))}
            >
              <IconX size={16} stroke={1.75} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <div className="row wrap" style={{ alignItems: 'flex-end', minWidth: 0 }}>
        <div className="grow" style={{ minWidth: 220 }}>
          <ReferencePicker to="people" label={t('leaving.fromDirectory')} value={person} onChange={setPerson} />
        </div>
        <Button
          style={{ height: 36 }}
          disabled={person === null}
          onClick={() => {
            if (person !== null) add({ personId: person.id, name: person.title, email: null });
            setPerson(null);
          }}
        >
          {t('leaving.add')}
        </Button>
      </div>
      <div className="row wrap" style={{ alignItems: 'flex-end', minWidth: 0 }}>
        <TextInput
          className="grow"
          style={{ minWidth: 180 }}
          type="email"
          label={t('leaving.address')}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <TextInput
          className="grow"
          style={{ minWidth: 160 }}
          label={t('leaving.addressName')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button
          style={{ height: 36 }}
          disabled={!email.includes('@')}
          onClick={() => {
            add({ personId: null, email: email.trim().toLowerCase(), name: name.trim() === '' ? null : name.trim() });
            setEmail('');
            setName('');
          }}
        >
          {t('leaving.add')}
        </Button>
      </div>
    </div>
  );
};

const keyOf = ({ personId, email }: Recipient) => personId ?? email ?? '';

const Whereto = ({ one }: { one: Recipient }) => {
  if (one.personId === null)
    return <span className="dim">{one.name === null ? t('leaving.outside') : `${one.email}, ${t('leaving.outside')}`}</span>;
  return <span className="dim">{one.email ?? ''}</span>;
};
