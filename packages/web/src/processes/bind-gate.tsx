import { registerNamed, registers } from '@aimwell/contract/registers';
import { neverBound } from '@aimwell/core/processes/never-bound';
import { Button, Modal, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ProblemView } from '../ui/problem.tsx';
import { commandLabel, registerMany, t } from '../ui/words.ts';
import type { ProcessMap } from './calls.ts';
import { type Gate, useGateDeed } from './gate-calls.ts';

interface Props {
  readonly start: Partial<Gate>;
  readonly maps: readonly ProcessMap[];
  readonly onClose: () => void;
}

const byLabel = (one: { label: string }, other: { label: string }) => one.label.localeCompare(other.label);
const registerChoices = () =>
  registers
    .filter(({ commands }) => commands.length > 0)
    .map(({ name }) => ({ value: name, label: registerMany(name) }))
    .toSorted(byLabel);
const commandChoices = (register: string | null) =>
  register === null
    ? []
    : registerNamed(register)
        .commands.filter(({ name }) => !neverBound.has(`${register} ${name}`))
        .map(({ name }) => ({ value: name, label: commandLabel(register, name) }));

/** Binds a command of a register to a process that runs. What stops harm is not among the choices. */
export const BindGate = ({ start, maps, onClose }: Props) => {
  const [register, setRegister] = useState<string | null>(start.register ?? null);
  const [command, setCommand] = useState<string | null>(start.command ?? null);
  const [process, setProcess] = useState<string | null>(start.process ?? null);
  const [reason, setReason] = useState('');
  const bind = useGateDeed('PUT');
  const ready = register !== null && command !== null && process !== null && reason.trim().length >= 3;
  const running = maps.filter(({ inForce }) => inForce?.executable === true);
  return (
    <Modal opened onClose={onClose} title={t('gates.bindTitle')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) bind.mutate({ register, command, process, reason: reason.trim() }, { onSuccess: onClose });
        }}
      >
        <p className="sm mut">{t('gates.bindHelp')}</p>
        <Select
          label={t('gates.register')}
          required
          searchable
          data={registerChoices()}
          value={register}
          onChange={(next) => {
            setRegister(next);
            setCommand(null);
          }}
        />
        <Select label={t('gates.command')} required data={commandChoices(register)} value={command} onChange={setCommand} />
        <Select
          label={t('processes.process')}
          description={t('gates.processHelp')}
          required
          data={running.map(({ key, name }) => ({ value: key, label: name }))}
          value={process}
          onChange={setProcess}
        />
        <Textarea
          label={t('ui.reason')}
          description={t('ui.reasonHelp')}
          required
          autosize
          minRows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <ProblemView error={bind.error} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={bind.isPending} aria-disabled={!ready}>
            {t('gates.bind')}
          </Button>
        </div>
      </form>
    </Modal>
  );
};
