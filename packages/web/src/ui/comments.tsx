import type { comment } from '@aimwell/contract/platform/endpoints';
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { request } from './api.ts';
import { MomentText } from './date-text.tsx';
import { Card } from './page.tsx';
import { Initials } from './person.tsx';
import { ProblemView } from './problem.tsx';
import { useHere } from './session.tsx';
import { t } from './words.ts';

type Comment = z.infer<typeof comment>;

/** What people say to each other about a record. Comments stay: they are not edited. */
export const CommentsCard = ({ register, id }: { register: string; id: string }) => {
  const here = useHere();
  const cache = useQueryClient();
  const key = [here.slug, 'comments', register, id];
  const list = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => request<{ items: readonly Comment[] }>('GET', here.api('comments', register, id), { signal }),
  });
  const [body, setBody] = useState('');
  const add = useMutation({
    mutationFn: () => request<Comment>('POST', here.api('comments', register, id), { body: { body: body.trim() } }),
    onSuccess: async () => {
      setBody('');
      await cache.invalidateQueries({ queryKey: key });
    },
  });
  const may = here.asOf === null && !here.roles.every((role) => role === 'external_auditor' || role === 'reader');
  const items = list.data?.items ?? [];
  if (items.length === 0 && !may) return null;
  return (
    <Card title={t('ui.comments')} count={items.length === 0 ? undefined : items.length}>
      <ProblemView error={list.error} />
      {items.map((one) => (
        <div key={one.id} className="act">
          <Initials name={one.author?.title ?? null} />
          <div>
            <div>
              <span className="m">{one.author?.title}</span>{' '}
              <span className="xs dim">
                <MomentText value={one.createdAt} ago />
              </span>
            </div>
            <div className="pre">{one.body}</div>
          </div>
        </div>
      ))}
      {may ? (
        <form
          className="form"
          style={{ gap: 8, marginTop: items.length === 0 ? 0 : 8 }}
          onSubmit={(event) => {
            event.preventDefault();
            if (body.trim() !== '') add.mutate();
          }}
        >
          <Textarea
            aria-label={t('ui.newComment')}
            placeholder={t('ui.newComment')}
            autosize
            minRows={1}
            maxRows={8}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && body.trim() !== '') add.mutate();
            }}
          />
          <ProblemView error={add.error} />
          {body.trim() === '' ? null : (
            <div>
              <Button size="xs" type="submit" loading={add.isPending}>
                {t('ui.comment')}
              </Button>
            </div>
          )}
        </form>
      ) : null}
    </Card>
  );
};
