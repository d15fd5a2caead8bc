import { Button, Modal, PasswordInput, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { hasCode, problemsOf } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { useDeed, type VersionLine } from './calls.ts';

type Choice = 'stay' | 'migrate';

/** Said only where it has to be: runs wait at elements that the new version lacks. */
const runningOf = (choice: Choice | null, reason: string) =>
  choice === null ? {} : { runningInstances: choice === 'stay' ? 'stay' : { migrate: true, reason } };

/** A signature: new runs take this version from then on. */
export const ApproveVersion = ({ version, onClose }: { version: VersionLine; onClose: () => void }) => {
  const [password, setPassword] = useState('');
  const [lacking, setLacking] = useState<readonly string[]>([]);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [reason, setReason] = useState('');
  const approve = useDeed('process-versions', version.id, 'approve');
  const wrong = hasCode(approve.error, 'PASSWORD_REQUIRED');
  const unsaid = lacking.length > 0 && (choice === null || (choice === 'migrate' && reason.trim().length < 3));
  const sign = () =>
    approve.mutate(
      { body: { ...(password === '' ? {} : { password }), ...runningOf(choice, reason.trim()) }, version: version.version },
      {
        onSuccess: onClose,
        onError: (error) => {
          const inUse = problemsOf(error).filter(({ code }) => code === 'ELEMENT_IN_USE');
          if (inUse.length > 0) setLacking(inUse.map(({ message }) => message));
        },
      },
    );
  const asks = lacking.length > 0 && problemsOf(approve.error).every(({ code }) => code === 'ELEMENT_IN_USE');
  return (
    <Modal opened onClose={onClose} title={`${t('processes.approve')}: ${t('processes.versionN', { number: version.number })}`}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!unsaid) sign();
        }}
      >
        <p className="sm mut">{t('processes.approveHelp')}</p>
        {lacking.length === 0 ? null : <RunsWait lacking={lacking} {...{ choice, setChoice, reason, setReason }} />}
        <PasswordInput
          label={t('ui.password')}
          description={t('ui.signHelp')}
          required
          data-autofocus
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong ? t('ui.errors.password') : undefined}
        />
        {wrong || asks ? null : <ProblemView error={approve.error} />}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" aria-disabled={unsaid} loading={approve.isPending}>
            {t('processes.approve')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

interface Asked {
  readonly lacking: readonly string[];
  readonly choice: Choice | null;
  readonly setChoice: (choice: Choice) => void;
  readonly reason: string;
  readonly setReason: (reason: string) => void;
}

/** Elements that runs wait at and the new version lacks, and the question what becomes of these runs. */
const RunsWait = ({ lacking, choice, setChoice, reason, setReason }: Asked) => (
  <div role="status">
    <p className="sm">{t('processes.elementsInUse')}</p>
    <ul className="sm">
      {lacking.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
    <Radio.Group label={t('processes.runningAsk')} required value={choice ?? ''} onChange={(value) => setChoice(value as Choice)}>
      <div className="stack" style={{ gap: 8, marginTop: 4 }}>
        <Radio value="stay" label={t('processes.runningStay')} />
        <Radio value="migrate" label={t('processes.runningMigrate')} description={t('processes.runningMigrateHelp')} />
      </div>
    </Radio.Group>
    {choice === 'migrate' ? (
      <Textarea
        label={t('ui.reason')}
        required
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    ) : null}
  </div>
);
