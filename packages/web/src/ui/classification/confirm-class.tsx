import { flagKinds } from '@aimwell/contract/systems/classification';
import { headline } from '@aimwell/core/systems/flags';
import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { fieldError } from '../api.ts';
import { ActionButton } from '../action-button.tsx';
import { ProblemView } from '../problem.tsx';
import { type RecordView, useWrite } from '../record.ts';
import { choiceLabel, t } from '../words.ts';
import { proposalOf } from './law.ts';

/** The two ways a named person answers for a proposal: confirm it, or decide otherwise with a reason. */
export const ConfirmClass = ({
  record,
  onDone,
  onAnswer,
  quiet = false,
}: {
  record: RecordView;
  onDone?: (record: RecordView) => void;
  onAnswer?: () => void;
  /** Where another button leads the page. */ quiet?: boolean;
}) => {
  const write = useWrite('systems');
  const [overriding, setOverriding] = useState(false);
  const proposal = proposalOf(record);
  if (proposal === null) return null;
  const word = headline(proposal.flags);
  const open = proposal.steps.filter((step) => step.status === 'open').length;
  const ended = word === 'prohibited' || word === 'outside';
  const blocked = open > 0 && !ended ? t('classification.openLeft', { count: open }) : undefined;
  return (
    <>
      <ProblemView error={write.error} />
      <div className="row wrap" style={{ alignItems: 'start' }}>
        <ActionButton
          variant={quiet ? 'default' : 'filled'}
          loading={write.isPending}
          blocked={blocked}
          onClick={() =>
            write.mutate(
              { kind: 'command', id: record.id, version: record.version, command: 'confirmClass', input: {} },
              { onSuccess: (next) => onDone?.(next) },
            )
          }
        >
          {t('classification.confirm', { what: choiceLabel('systems', 'lawClass', word) })}
        </ActionButton>
        <Button onClick={() => setOverriding(true)}>{t('classification.override')}</Button>
        {onAnswer === undefined ? null : (
          <Button variant="subtle" onClick={onAnswer}>
            {t('classification.again')}
          </Button>
        )}
      </div>
      {overriding ? <Override record={record} onClose={() => setOverriding(false)} {...(onDone === undefined ? {} : { onDone })} /> : null}
    </>
  );
};

const Override = ({ record, onClose, onDone }: { record: RecordView; onClose: () => void; onDone?: (record: RecordView) => void }) => {
  const write = useWrite('systems');
  const [flags, setFlags] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const send = () =>
    write.mutate(
      {
        kind: 'command',
        id: record.id,
        version: record.version,
        command: 'confirmClass',
        input: { override: { flags, reason: reason.trim() } },
      },
      {
        onSuccess: (next) => {
          onDone?.(next);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('classification.override')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <p className="sm mut">{t('classification.overrideHelp')}</p>
        <Checkbox.Group
          label={t('classification.whatHolds')}
          required
          value={flags}
          onChange={setFlags}
          error={fieldError(write.error, 'override.flags') ?? fieldError(write.error, 'flags')}
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
          error={fieldError(write.error, 'override.reason') ?? fieldError(write.error, 'reason')}
        />
        <ProblemView error={write.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={write.isPending}>
            {t('classification.decide')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
