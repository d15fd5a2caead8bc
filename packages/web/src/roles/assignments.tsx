import { roleAssignments } from '@aimwell/contract/roles/roles';
import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { PersonName } from '../ui/person.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { RunCommand } from '../ui/register/next-step.tsx';
import { useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { choiceLabel, commandLabel, registerMany, t } from '../ui/words.ts';

interface Ref {
  readonly id: string;
  readonly title: string;
}

/** Responsibilities and who holds them; the one who is asked accepts or declines by name. */
export const Assignments = ({ action }: { action: ReactNode }) => {
  const here = useHere();
  const list = useSomeRecords('role-assignments', { state: ['proposed', 'accepted', 'declined'] }, 200);
  const items = list.data?.items ?? [];
  const held = new Set(items.filter((one) => one['state'] === 'accepted').map((one) => one['responsibility']));
  const missing = roleAssignments.fields.responsibility.choices.filter((one) => one !== 'other' && !held.has(one));
  return (
    <Card
      title={registerMany('role-assignments')}
      flush
      count={list.isSuccess ? items.length : undefined}
      actions={
        <>
          <Go className="link sm no-phone" to={here.to('role-assignments')}>
            {t('roles.table')}
          </Go>
          {action}
        </>
      }
    >
      {list.isPending ? <Waiting lines={5} /> : null}
      <ProblemView error={list.error} />
      {items.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={registerMany('role-assignments')}>
          <table className="table" style={{ minWidth: 640 }}>
            <thead>
              <tr>
                <th scope="col" style={{ paddingLeft: 16 }}>
                  {t('roles.columns.role')}
                </th>
                <th scope="col">{t('roles.columns.holder')}</th>
                <th scope="col">{t('roles.columns.state')}</th>
                <th scope="col">{t('roles.columns.accepted')}</th>
                <th scope="col">
                  <span className="sr">{t('roles.columns.action')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <Assignment key={one.id} assignment={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {list.isSuccess && missing.length > 0 ? (
        <p className="sm mut" style={{ padding: '10px 16px', borderTop: '1px solid var(--line)' }}>
          {t('roles.missing')} {missing.map((one) => choiceLabel('role-assignments', 'responsibility', one).toLowerCase()).join(', ')}.
        </p>
      ) : null}
    </Card>
  );
};

const Assignment = ({ assignment }: { assignment: RecordView }) => {
  const here = useHere();
  const [running, setRunning] = useState<'accept' | 'decline'>();
  const holder = assignment['holder'] as Ref | null;
  const mine = assignment['state'] === 'proposed' && holder !== null && holder.id === here.personId;
  const command = roleAssignments.commands.find(({ name }) => name === running);
  return (
    <tr>
      <td style={{ paddingLeft: 16 }}>
        <Go className="link plain" to={here.to('role-assignments', assignment.id)}>
          {String(assignment['title'])}
        </Go>
        <span className="xs dim" style={{ display: 'block' }}>
          {[choiceLabel('role-assignments', 'responsibility', String(assignment['responsibility'])), assignment['object']]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </td>
      <td>
        <PersonName name={holder?.title ?? null} />
      </td>
      <td>
        <Status value={String(assignment['state'])} register="role-assignments" field="state" quiet />
      </td>
      <td className="sm">
        <DayText value={assignment['acceptedOn'] as string | null} />
      </td>
      <td className="r">
        {mine ? (
          <span className="row" style={{ justifyContent: 'flex-end' }}>
            {(['accept', 'decline'] as const).map((name) => (
              <Button key={name} size="xs" variant={name === 'accept' ? 'default' : 'subtle'} onClick={() => setRunning(name)}>
                {commandLabel('role-assignments', name)}
              </Button>
            ))}
          </span>
        ) : null}
        {command === undefined ? null : (
          <RunCommand register={roleAssignments} record={assignment} command={command} onClose={() => setRunning(undefined)} />
        )}
      </td>
    </tr>
  );
};
