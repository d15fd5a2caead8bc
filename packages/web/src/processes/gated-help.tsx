import { workers } from '@aimwell/core/processes/tasks';
import { signatories } from '@aimwell/core/roles/permissions';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Go } from '../ui/link.tsx';
import { ProblemView } from '../ui/problem.tsx';
import type { RefusalHelpProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { type ProcessMap, type Run, useDeed, useMaps } from './calls.ts';
import { EmergencyDialog } from './emergency-dialog.tsx';
import { useGates, useRunsAbout } from './gate-calls.ts';

/** The way on where a command is carried out only within processes: to a run of one about this record, to a new one, or outside it in an emergency. */
export default function GatedHelp({ register, record, command, values, onClose }: RefusalHelpProps) {
  const here = useHere();
  const navigate = useNavigate();
  const [urgent, setUrgent] = useState(false);
  const gates = useGates();
  const maps = useMaps();
  const runs = useRunsAbout(register.name, record.id);
  const start = useDeed<Run>('process-instances');
  const bound = gates.data?.items.filter((one) => one.register === register.name && one.command === command.name) ?? [];
  const guards = bound.flatMap(({ process }) => maps.data?.items.find(({ key }) => key === process) ?? []);
  const names = guards.map(({ name }) => name).join(', ');
  if (guards.length === 0 || runs.data === undefined) return null;
  const open = runs.data.items.filter(({ endedAt }) => endedAt === null);
  const begin = (map: ProcessMap) =>
    start.mutate(
      { body: { process: map.key, record: { register: register.name, id: record.id } } },
      {
        onSuccess: (run) => {
          onClose();
          void navigate({ to: here.to('runs', run.id) as '/' });
        },
      },
    );
  return (
    <>
      <ProblemView error={start.error} />
      <div className="row wrap">
        {guards.map((map) => {
          const running = open.find(({ process }) => process.id === map.id);
          if (running !== undefined)
            return (
              <Go key={map.id} className="link sm" to={here.to('runs', running.id)} onClick={onClose}>
                {t('gates.toRun', { run: running.identifier, process: map.name })}
              </Go>
            );
          const mayStart = map.register === register.name && map.inForce !== null && here.holds(workers);
          return mayStart ? (
            <Button key={map.id} size="xs" loading={start.isPending} onClick={() => begin(map)}>
              {t('processes.startNamed', { name: map.name })}
            </Button>
          ) : (
            <Go key={map.id} className="link sm" to={here.to('processes', map.id)} onClick={onClose}>
              {t('gates.toProcess', { process: map.name })}
            </Go>
          );
        })}
        {here.holds(signatories) && here.holds(command.roles) ? (
          <Button size="xs" variant="subtle" onClick={() => setUrgent(true)}>
            {t('gates.emergency')}
          </Button>
        ) : null}
      </div>
      {urgent ? (
        <EmergencyDialog
          register={register}
          record={record}
          command={command}
          start={values}
          process={names}
          onClose={() => setUrgent(false)}
          onDone={onClose}
        />
      ) : null}
    </>
  );
}
