import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { request } from '../ui/api.ts';
import { makeEvidence } from '../ui/evidence-card.tsx';
import { FileDrop } from '../ui/file-drop.tsx';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { startWork } from '../ui/tray.ts';
import { humanise, t } from '../ui/words.ts';
import { type TaskInFull, useDeed } from './calls.ts';

/** What the task asks as proof, what is attached already, and a way to attach: a file dropped here, or evidence that exists. */
export const TaskEvidence = ({ task, may }: { task: TaskInFull; may: boolean }) => {
  const here = useHere();
  const own = task.attached.filter((one) => one.task === task.id);
  return (
    <Card title={t('processes.evidence')} count={own.length}>
      <div className="stack">
        {task.evidence.length === 0 && own.length === 0 ? <p className="mut">{t('processes.noEvidenceAsked')}</p> : null}
        <ul className="pr-list">
          {task.evidence.map((kind) => {
            const has = own.some((one) => one.kind === kind);
            return (
              <li key={kind} className="st">
                <Shape kind={has ? 'disc' : 'dashed-ring'} tone={has ? 'ok' : 'none'} />
                {humanise(kind)}: {t(has ? 'processes.attached' : 'processes.missing')}
              </li>
            );
          })}
          {own.map((one) => (
            <li key={one.id} className="sm">
              <Go className="link" to={here.to('evidence', one.id)}>
                {one.identifier} {one.title}
              </Go>
              {one.kind === null ? null : <span className="dim"> {t('processes.as', { kind: humanise(one.kind) })}</span>}
            </li>
          ))}
        </ul>
        {may && task.state === 'open' ? <Attach task={task} /> : null}
      </div>
    </Card>
  );
};

const Attach = ({ task }: { task: TaskInFull }) => {
  const here = useHere();
  const cache = useQueryClient();
  const free = task.evidence.find((kind) => task.attached.every((one) => one.task !== task.id || one.kind !== kind));
  const [picked, setPicked] = useState<string | null>(null);
  const kind = picked ?? free ?? null;
  const [chosen, setChosen] = useState<ReferenceView | null>(null);
  const attach = useDeed('process-tasks', task.id, 'evidence');
  const drop = (files: readonly File[]) => {
    if (files.length === 0) return;
    startWork(t('ui.uploading', { count: files.length }), async ({ signal, progress }) => {
      for (const [index, file] of files.entries()) {
        if (signal.aborted) break;
        const made = await makeEvidence(here, file, {}, signal);
        await request('POST', here.api('process-tasks', task.id, 'evidence'), { body: { evidence: made.id, kind }, signal });
        progress(index + 1, files.length);
      }
      await cache.invalidateQueries({ queryKey: [here.slug] });
    });
  };
  return (
    <div className="form">
      {task.evidence.length === 0 ? null : (
        <Select
          label={t('processes.asKind')}
          clearable={false}
          data={task.evidence.map((one) => ({ value: one, label: humanise(one) }))}
          value={kind}
          onChange={setPicked}
        />
      )}
      {here.holds(evidence.permissions.create) ? <FileDrop label={t('processes.dropEvidence')} onFiles={drop} /> : null}
      <ReferencePicker to="evidence" label={t('processes.chooseEvidence')} value={chosen} onChange={setChosen} />
      <ProblemView error={attach.error} />
      <div>
        <Button
          size="xs"
          aria-disabled={chosen === null}
          loading={attach.isPending}
          onClick={() => {
            if (chosen !== null)
              attach.mutate({ body: { evidence: chosen.id, kind } }, { onSuccess: () => (setChosen(null), setPicked(null)) });
          }}
        >
          {t('processes.attach')}
        </Button>
      </div>
    </div>
  );
};
