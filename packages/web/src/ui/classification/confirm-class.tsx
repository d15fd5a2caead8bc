import { flagKinds } from '@aimwell/contract/systems/classification';
import { headline } from '@aimwell/core/systems/flags';
import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../api.ts';
import { ActionButton } from '../action-button.tsx';
import { ProblemView } from '../problem.tsx';
import { type Sending, useCommandSending } from '../form/sending.ts';
import type { RecordView } from '../record.ts';
import { choiceLabel, t } from '../words.ts';
import { proposalOf } from './law.ts';

interface Props {
  readonly record: RecordView;
  readonly onDone?: (record: RecordView) => void;
  readonly onAnswer?: () => void;
  /** Where another button leads the page. */
  readonly quiet?: boolean;
}

/** The two ways a named person answers for a proposal, on the system itself. */
export const ConfirmClass = ({ record, onDone, ...rest }: Props) => {
  const sending = useCommandSending({ register: { name: 'systems' }, record, command: 'confirmClass', onDone });
  return <ConfirmOrOverride record={record} sending={sending} {...rest} />;
};

/** The two ways a named person answers for a proposal: confirm it, or decide otherwise with a reason. */
export const ConfirmOrOverride = ({ record, sending, onAnswer, quiet = false }: Omit<Props, 'onDone'> & { readonly sending: Sending }) => {
  const [overriding, setOverriding] = useState(false);
  const proposal = proposalOf(record);
  if (proposal === null) return null;
  const word = headline(proposal.flags);
  const open = proposal.steps.filter((step) => step.status === 'open').length;
  const ended = word === 'prohibited' || word === 'outside';
  const blocked = open > 0 && !ended ? t('classification.openLeft', { count: open }) : undefined;
  return (
    <>
      {overriding ? null : <ProblemView error={sending.error} />}
      <div className="row wrap" style={{ alignItems: 'start' }}>
        <ActionButton variant={quiet ? 'default' : 'filled'} loading={sending.pending} blocked={blocked} onClick={() => sending.send({})}>
          {t('classification.confirm', { what: choiceLabel('systems', 'lawClass', word) })}
        </ActionButton>
        <Button onClick={() => setOverriding(true)}>{t('classification.override')}</Button>
        {onAnswer === undefined ? null : (
          <Button variant="subtle" onClick={onAnswer}>
            {t('classification.again')}
          </Button>
        )}
      </div>
      {overriding ? <Override sending={sending} onClose={() => setOverriding(false)} /> : null}
    </>
  );
};

const Override = ({ sending, onClose }: { sending: Sending; onClose: () => void }) => {
  const [flags, setFlags] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const { error } = sending;
  return (
    <Modal opened onClose={onClose} title={t('classification.override')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          sending.send({ override: { flags, reason: reason.trim() } });
        }}
      >
        <p className="sm mut">{t('classification.overrideHelp')}</p>
        <Checkbox.Group
          label={t('classification.whatHolds')}
          required
          value={flags}
          onChange={setFlags}
          error={fieldError(error, 'override.flags') ?? fieldError(error, 'flags')}
        >
          <div className="col" style={{ marginTop: 8 }}>
            {flagKinds.map((kind) => (
              <Checkbox key={kind} value={kind} label={choiceLabel('systems', 'lawFlags', kind)} />
            ))}
          </div>
        </Checkbox.Group>
        <Textarea
          label={t('ui.reason')}
          required
          autosize
          minRows={3}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={fieldError(error, 'override.reason') ?? fieldError(error, 'reason')}
        />
        <ProblemView error={error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={sending.pending}>
            {t('classification.decide')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
