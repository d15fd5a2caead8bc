import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { MomentText } from '../ui/date-text.tsx';
import { Card } from '../ui/page.tsx';
import { PersonName } from '../ui/person.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { t } from '../ui/words.ts';
import { type TaskInFull, useDeed } from './calls.ts';

/** What was said about a task, and a line to say more. */
export const TaskComments = ({ task, may }: { task: TaskInFull; may: boolean }) => {
  const [body, setBody] = useState('');
  const say = useDeed('process-tasks', task.id, 'comment');
  const empty = body.trim() === '';
  if (!may && task.comments.length === 0) return null;
  return (
    <Card title={t('processes.comments')} count={task.comments.length}>
      <div className="stack">
        {task.comments.map((one) => (
          <div key={one.id}>
            <div className="row wrap sm">
              <PersonName name={one.author?.name ?? null} />
              <span className="dim">
                <MomentText value={one.createdAt} ago />
              </span>
            </div>
            <p className="pre">{one.body}</p>
          </div>
        ))}
        {may ? (
          <form
            className="form"
            onSubmit={(event) => {
              event.preventDefault();
              if (!empty) say.mutate({ body: { body: body.trim() } }, { onSuccess: () => setBody('') });
            }}
          >
            <Textarea
              aria-label={t('processes.sayMore')}
              placeholder={t('processes.sayMore')}
              autosize
              minRows={2}
              maxLength={10_000}
              value={body}
              onChange={(event) => setBody(event.currentTarget.value)}
            />
            <ProblemView error={say.error} />
            <div>
              <Button type="submit" size="xs" aria-disabled={empty} loading={say.isPending}>
                {t('processes.say')}
              </Button>
            </div>
          </form>
        ) : null}
      </div>
    </Card>
  );
};
