import { Button, Modal, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemView } from './problem.tsx';
import { t } from './words.ts';

interface Base {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** What will happen, before it happens. */
  readonly children?: ReactNode;
  /** The verb on the button. */
  readonly verb: string;
}

/** Asks for a reason before something that is not easily taken back. `onConfirm` may throw: the dialog shows why and stays. */
export const ReasonDialog = ({
  opened,
  onClose,
  title,
  children,
  verb,
  onConfirm,
  danger = true,
}: Base & { onConfirm: (reason: string) => Promise<unknown>; danger?: boolean }) => {
  const [reason, setReason] = useState('');
  const doing = useDoing(() => onConfirm(reason.trim()).then(() => (setReason(''), onClose())));
  const short = reason.trim().length < 3;
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!short) doing.run();
        }}
      >
        {children === undefined ? null : <div className="sm mut">{children}</div>}
        <Textarea
          label={t('ui.reason')}
          description={t('ui.reasonHelp')}
          autosize
          minRows={3}
          required
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemView error={doing.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" {...(danger ? { color: 'var(--bad)' } : {})} loading={doing.busy} aria-disabled={short}>
            {verb}
          </Button>
        </div>
      </form>
    </Modal>
  );
};

/** Runs something that may fail and holds its state: busy, error. */
const useDoing = (work: () => Promise<unknown>) => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = () => {
    setBusy(true);
    setError(null);
    void work()
      .catch(setError)
      .finally(() => setBusy(false));
  };
  return { busy, error, run, clear: () => setError(null) };
};
