import type { ErasureView } from '@aimwell/contract/identity/erasure';
import { Button, Checkbox, Modal, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldError, hasCode } from '../ui/api.ts';
import { Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { Ahead, Closed, Duties, Goes, isClosed, Signatures } from './erase-preview.tsx';
import { useErase, useErasure } from './erasure.ts';

interface Props {
  readonly person: string;
  readonly identifier: string;
  readonly onClose: () => void;
}

/** Shows what would go before it goes; then asks for a reason, the choices, the identifier and the password. */
export const EraseDialog = ({ person, identifier, onClose }: Props) => {
  const seen = useErasure(person);
  return (
    <Modal opened onClose={onClose} size="lg" title={t('roles.erasure.dialog', { who: identifier })}>
      <ProblemView error={seen.error} />
      {seen.data === undefined ? (
        <Waiting />
      ) : (
        <div className="stack">
          <p className="sm mut">{t('roles.erasure.what')}</p>
          <Closed view={seen.data} />
          <Goes view={seen.data} />
          {isClosed(seen.data) ? (
            <Ahead view={seen.data} />
          ) : (
            <EraseForm view={seen.data} person={person} identifier={identifier} onClose={onClose} />
          )}
        </div>
      )}
    </Modal>
  );
};

const EraseForm = ({ view, person, identifier, onClose }: Props & { view: ErasureView }) => {
  const erase = useErase(person);
  const [reason, setReason] = useState('');
  const [leaveDuties, setLeaveDuties] = useState(false);
  const [exceptSignatures, setExceptSignatures] = useState(false);
  const [typed, setTyped] = useState('');
  const [password, setPassword] = useState('');
  const wrong = hasCode(erase.error, 'PASSWORD_REQUIRED');
  const ready = typed.trim().toUpperCase() === identifier && reason.trim().length >= 3;
  const submit = () => erase.mutate({ reason: reason.trim(), leaveDuties, exceptSignatures, password }, { onSuccess: onClose });
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) submit();
      }}
    >
      {view.duties.length > 0 ? (
        <>
          <Duties duties={view.duties} />
          <Checkbox
            label={t('roles.erasure.leaveDuties')}
            checked={leaveDuties}
            onChange={(event) => setLeaveDuties(event.currentTarget.checked)}
          />
        </>
      ) : null}
      {view.signatures.length > 0 ? (
        <>
          <Signatures signatures={view.signatures} />
          <Checkbox
            label={t('roles.erasure.exceptSignatures')}
            checked={exceptSignatures}
            onChange={(event) => setExceptSignatures(event.currentTarget.checked)}
          />
        </>
      ) : null}
      <Textarea
        label={t('ui.reason')}
        description={t('roles.erasure.reasonHelp')}
        autosize
        minRows={2}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        error={fieldError(erase.error, 'reason')}
      />
      <div className="form-2">
        <TextInput
          label={t('roles.erasure.type', { what: identifier })}
          required
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('ui.password')}
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong ? t('ui.errors.password') : undefined}
        />
      </div>
      {wrong ? null : <ProblemView error={erase.error} label={() => t('ui.reason')} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="subtle" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
        <Button type="submit" variant="filled" color="var(--bad)" loading={erase.isPending} aria-disabled={!ready}>
          {t('roles.erasure.erase')}
        </Button>
      </div>
    </form>
  );
};
