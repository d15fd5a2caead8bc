import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { Button, Checkbox, Radio, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useCallback, useState } from 'react';
import { fieldError, request } from '../ui/api.ts';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { Card } from '../ui/page.tsx';
import { momentWords } from '../ui/past.ts';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { WorkProgress } from '../ui/work-progress.tsx';
import { packsKey } from './pack-list.tsx';

const scopes = ['all', 'soa', 'system'] as const;
type Scope = (typeof scopes)[number];

/** Makes a pack: of what, as of when, and whether external auditors get it. */
export const PackForm = () => {
  const here = useHere();
  const cache = useQueryClient();
  const [work, setWork] = useState<string>();
  const done = useCallback(() => {
    setWork(undefined);
    void cache.invalidateQueries({ queryKey: packsKey(here) });
  }, [cache, here]);
  return (
    <Card title={t('trail.packs.make')}>
      {work === undefined ? (
        <Choices onStarted={setWork} />
      ) : (
        <WorkProgress
          work={work}
          title={t('trail.packs.making')}
          waiting={t('trail.packs.makingHelp')}
          progress={(n, of) => t('trail.packs.entriesOf', { n: n.toLocaleString('en'), of: of.toLocaleString('en') })}
          onDone={done}
          failed={<Button onClick={() => setWork(undefined)}>{t('trail.packs.choose')}</Button>}
        />
      )}
    </Card>
  );
};

const Choices = ({ onStarted }: { onStarted: (work: string) => void }) => {
  const here = useHere();
  const { search, set } = useUrlFilters();
  // Whoever comes from the past makes the pack of that moment.
  const moment = textOf(search['of']) ?? '';
  const [scope, setScope] = useState<Scope>('all');
  const [system, setSystem] = useState<ReferenceView | null>(null);
  const [shared, setShared] = useState(false);
  const start = useMutation({
    mutationFn: () =>
      request<{ work: string }>('POST', here.api('packs'), {
        body: {
          scope: scope === 'system' ? `system:${system?.identifier ?? ''}` : scope,
          ...(moment === '' ? {} : { asOf: moment }),
          shared,
        },
      }),
    onSuccess: ({ work }) => onStarted(work),
  });
  const [noSystem, setNoSystem] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const missing = scope === 'system' && system === null;
    setNoSystem(missing);
    if (!missing) start.mutate();
  };
  const isDay = moment === '' || moment.length === 10;
  return (
    <form className="form" onSubmit={submit}>
      <Radio.Group label={t('trail.packs.scope')} value={scope} onChange={(value) => setScope(value as Scope)}>
        <div className="stack" style={{ gap: 8, marginTop: 4 }}>
          {scopes.map((one) => (
            <Radio key={one} value={one} label={t(`trail.packs.scopes.${one}.label`)} description={t(`trail.packs.scopes.${one}.help`)} />
          ))}
        </div>
      </Radio.Group>
      {scope === 'system' ? (
        <ReferencePicker
          to="systems"
          label={t('trail.packs.system')}
          value={system}
          onChange={setSystem}
          error={noSystem ? t('trail.packs.noSystem') : fieldError(start.error, 'scope')}
        />
      ) : null}
      {isDay ? (
        <TextInput
          type="date"
          label={t('trail.packs.asOf')}
          description={t('trail.packs.asOfHelp')}
          value={moment}
          max={here.today()}
          error={fieldError(start.error, 'asOf')}
          onChange={(event) => set({ of: event.currentTarget.value })}
        />
      ) : (
        <p className="sm">
          {t('trail.packs.asOfMoment', { moment: momentWords(moment) })}{' '}
          <button type="button" className="link" onClick={() => set({ of: undefined })}>
            {t('trail.packs.upToNow')}
          </button>
        </p>
      )}
      <Checkbox
        label={t('trail.packs.shared')}
        description={t('trail.packs.sharedHelp')}
        checked={shared}
        onChange={(event) => setShared(event.currentTarget.checked)}
      />
      <ProblemView error={start.error} />
      <div>
        <Button type="submit" variant="filled" loading={start.isPending}>
          {t('trail.packs.make')}
        </Button>
      </div>
    </form>
  );
};
