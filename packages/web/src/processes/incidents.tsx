import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Say } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { type Run, type StepLine, useDeed } from './calls.ts';

type Incident = Run['openIncidents'][number];
type Values = Readonly<Record<string, string | number | boolean>>;

/** What stopped in a run and why, each with the way to try it again once its cause is mended. */
export const Incidents = ({ run, may, steps }: { run: Run; may: boolean; steps: readonly StepLine[] }) => {
  const retry = useDeed('process-instances', run.id, 'retry');
  const [tried, setTried] = useState<string | null>(null);
  if (run.openIncidents.length === 0) return null;
  const nodeOf = (node: string) => steps.find(({ id }) => id === node)?.name ?? node;
  return (
    <>
      {run.openIncidents.map((one) => (
        <Say key={one.node} tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          <p className="m">
            {t('processes.stoppedAt', { step: nodeOf(one.node) })} <MomentText value={one.openedAt} />
          </p>
          <p>{one.message}</p>
          <p role="status">{tried === one.node && retry.isSuccess ? t('processes.stillStopped') : null}</p>
          {may ? (
            <TryAgain
              incident={one}
              pending={retry.isPending}
              onTry={(variables) => {
                setTried(one.node);
                retry.mutate({ body: { token: one.token, variables }, version: run.version });
              }}
            />
          ) : null}
        </Say>
      ))}
      <ProblemView error={retry.error} />
    </>
  );
};

/** Causes that a value of the run can mend. */
const mendedByValue = new Set(['CONDITION_UNDECIDED', 'NO_FLOW_TAKEN', 'EXPRESSION_FAILED', 'TIMER_UNREADABLE', 'TIMER_TOO_OFTEN']);

const TryAgain = ({ incident, pending, onTry }: { incident: Incident; pending: boolean; onTry: (variables: Values) => void }) => {
  const byValue = mendedByValue.has(incident.code);
  const [name, setName] = useState(() => /"([\p{L}_][\p{L}\p{N}_]*)" is not known/u.exec(incident.message)?.[1] ?? '');
  const [value, setValue] = useState('');
  return (
    <form
      className="row wrap pr-again"
      onSubmit={(event) => {
        event.preventDefault();
        onTry(byValue && name.trim() !== '' && value.trim() !== '' ? { [name.trim()]: readValue(value) } : {});
      }}
    >
      {byValue ? (
        <>
          <TextInput
            label={t('processes.valueName')}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('processes.value')}
            placeholder={t('processes.valueHelp')}
            maxLength={2000}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
        </>
      ) : null}
      <Button type="submit" loading={pending}>
        {t('processes.retry')}
      </Button>
    </form>
  );
};

/** A value as it is written: `true` and `false`, a number, else text. */
const readValue = (text: string): string | number | boolean => {
  const written = text.trim();
  if (written === 'true' || written === 'false') return written === 'true';
  return /^-?\d+(\.\d+)?$/u.test(written) ? Number(written) : written;
};
