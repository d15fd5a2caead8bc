import type { Command, Register } from '@aimwell/contract/platform/register';
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { CommandDialog } from '../form/command-dialog.tsx';
import { Card } from '../page.tsx';
import { type RecordView } from '../record.ts';
import { useCommandPanel } from '../rooms-context.tsx';
import { useHere } from '../session.tsx';
import { Status } from '../status.tsx';
import { commandHelp, commandLabel, t } from '../words.ts';
import { possibleNow } from './possible.ts';

/** Where a record stands, and the commands that move it on now. The first one is the likely next step. */
export const NextStep = ({ register, record }: { register: Register; record: RecordView }) => {
  const here = useHere();
  const [running, setRunning] = useState<Command>();
  const state = register.state === undefined ? undefined : record[register.state];
  if (record.archivedAt !== null || (register.commands.length === 0 && state === undefined)) return null;
  const now = possibleNow(register, record);
  const mine = now.filter((command) => here.holds(command.roles));
  const [next, ...others] = mine;
  const waits = now.filter((command) => !here.holds(command.roles));
  return (
    <Card>
      <div className="xs dim m">{t('ui.state')}</div>
      {typeof state === 'string' ? <div style={{ margin: '2px 0 10px' }}><Status value={state} register={register.name} field={register.state ?? ''} /></div> : null}
      {next === undefined ? <p className="sm mut">{waits.length > 0 ? t('ui.waitsFor', { command: commandLabel(register.name, waits[0]?.name ?? '').toLowerCase() }) : t('ui.nothingToDo')}</p> : (
        <>
          <div className="row">
            <Button variant="filled" fullWidth onClick={() => setRunning(next)}>{commandLabel(register.name, next.name)}</Button>
            {others.length === 0 ? null : (
              <Menu position="bottom-end">
                <Menu.Target><Button aria-label={t('ui.otherCommands')} px={8}><IconDots size={16} stroke={1.75} aria-hidden /></Button></Menu.Target>
                <Menu.Dropdown>{others.map((command) => <Menu.Item key={command.name} onClick={() => setRunning(command)}>{commandLabel(register.name, command.name)}</Menu.Item>)}</Menu.Dropdown>
              </Menu>
            )}
          </div>
          {commandHelp(register.name, next.name) === undefined ? null : <p className="xs dim" style={{ marginTop: 6 }}>{commandHelp(register.name, next.name)}</p>}
        </>
      )}
      {running === undefined ? null : <RunCommand register={register} record={record} command={running} onClose={() => setRunning(undefined)} />}
    </Card>
  );
};

/** Runs a command in the room's own dialog, or in the one made from the declaration. */
export const RunCommand = ({ register, record, command, onClose }: { register: Register; record: RecordView; command: Command; onClose: () => void }) => {
  const Own = useCommandPanel(register.name, command.name);
  if (Own === undefined) return <CommandDialog register={register} record={record} command={command} onClose={onClose} />;
  // oxlint-disable-next-line react/static-components -- one lazy component for each loader, kept in rooms-context
  return <Suspense fallback={null}><Own register={register} record={record} onClose={onClose} onDone={onClose} /></Suspense>;
};
