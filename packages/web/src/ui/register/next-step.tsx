import type { Command, Register } from '@aimwell/contract/platform/register';
import { registerNamed } from '@aimwell/contract/registers';
import { Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState } from 'react';
import { ActionButton } from '../action-button.tsx';
import { DayText } from '../date-text.tsx';
import { CommandDialog } from '../form/command-dialog.tsx';
import { Card } from '../page.tsx';
import { type RecordView } from '../record.ts';
import { useCommandPanel } from '../rooms-context.tsx';
import { useHere } from '../session.tsx';
import { Status } from '../status.tsx';
import { commandHelp, commandLabel, fieldLabel, inSentence, registerOne, t } from '../words.ts';
import { blockedFor, type Next, possibleNow } from './possible.ts';

/** Where a record stands, its natural next step, and the other commands that move it on now. */
export const NextStep = ({ register, record }: { register: Register; record: RecordView }) => {
  const here = useHere();
  const [running, setRunning] = useState<Command>();
  const state = register.state === undefined ? undefined : record[register.state];
  if (record.archivedAt !== null || (register.commands.length === 0 && state === undefined)) return null;
  const { next, others } = possibleNow(register, record);
  const mine = others.filter((command) => here.holds(command.roles));
  return (
    <Card>
      <div className="xs dim m">{t('ui.state')}</div>
      {typeof state === 'string' ? (
        <div style={{ margin: '2px 0 10px' }}>
          <Status value={state} register={register.name} field={register.state ?? ''} />
        </div>
      ) : null}
      {typeof record['reviewDue'] === 'string' ? (
        <p className="sm mut" style={{ marginBottom: 10 }}>
          {fieldLabel(register.name, 'reviewDue')} <DayText value={record['reviewDue']} due distance />
        </p>
      ) : null}
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <div className="grow">
          <NextOne register={register} record={record} next={next} others={mine.length > 0} onRun={setRunning} />
        </div>
        {mine.length === 0 ? null : (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button aria-label={t('ui.otherCommands')} px={8}>
                <IconDots size={16} stroke={1.75} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {mine.map((command) => {
                const why = blockedFor(register, record, command.name, here.personId);
                return (
                  <Menu.Item
                    key={command.name}
                    aria-disabled={why !== undefined}
                    onClick={() => {
                      if (why === undefined) setRunning(command);
                    }}
                  >
                    <span className={why === undefined ? '' : 'dim'}>{commandLabel(register.name, command.name)}</span>
                    {why === undefined ? null : (
                      <span className="xs dim" style={{ display: 'block', maxWidth: 240 }}>
                        {t(`ui.blocked.${why}`)}
                      </span>
                    )}
                  </Menu.Item>
                );
              })}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {running === undefined ? null : (
        <RunCommand register={register} record={record} command={running} onClose={() => setRunning(undefined)} />
      )}
    </Card>
  );
};

interface NextProps {
  readonly register: Register;
  readonly record: RecordView;
  readonly next: Next | undefined;
  /** Whether the menu beside it offers anything. */
  readonly others: boolean;
  readonly onRun: (command: Command) => void;
}

/** The natural next step as the filled button, or what the record waits for in words. */
const NextOne = ({ register, record, next, others, onRun }: NextProps) => {
  const here = useHere();
  const navigate = useNavigate();
  if (next === undefined) return <p className="sm mut">{t(others ? 'ui.noNextStep' : 'ui.nothingToDo')}</p>;
  if (next.kind === 'add') {
    const other = registerNamed(next.register);
    const label = t('ui.addNamed', { what: inSentence(registerOne(other.name)) });
    if (!here.holds(other.permissions.create)) return <p className="sm mut">{t('ui.waitsFor', { command: inSentence(label) })}</p>;
    return (
      <Button
        variant="filled"
        fullWidth
        onClick={() => {
          void navigate({ to: here.to(other.name, 'new') as '/', search: { [next.field]: record.id } as never });
        }}
      >
        {label}
      </Button>
    );
  }
  const { command } = next;
  const label = commandLabel(register.name, command.name);
  if (!here.holds(command.roles)) return <p className="sm mut">{t('ui.waitsFor', { command: inSentence(label) })}</p>;
  const why = blockedFor(register, record, command.name, here.personId);
  const help = commandHelp(register.name, command.name);
  return (
    <>
      <ActionButton
        wide
        variant={why === undefined ? 'filled' : 'default'}
        blocked={why === undefined ? undefined : t(`ui.blocked.${why}`)}
        onClick={() => onRun(command)}
      >
        {label}
      </ActionButton>
      {help === undefined ? null : (
        <p className="xs dim" style={{ marginTop: 6 }}>
          {help}
        </p>
      )}
    </>
  );
};

/** Runs a command in the room's own dialog, or in the one made from the declaration. */
export const RunCommand = ({
  register,
  record,
  command,
  onClose,
}: {
  register: Register;
  record: RecordView;
  command: Command;
  onClose: () => void;
}) => {
  const Own = useCommandPanel(register.name, command.name);
  if (Own === undefined) return <CommandDialog register={register} record={record} command={command} onClose={onClose} />;
  return (
    <Suspense fallback={null}>
      {/* oxlint-disable-next-line react/static-components -- one lazy component for each loader, kept in rooms-context */}
      <Own register={register} record={record} onClose={onClose} onDone={onClose} />
    </Suspense>
  );
};
