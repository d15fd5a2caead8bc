import { scopeElements } from '@aimwell/contract/scope/scope';
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';

const kinds = scopeElements.fields.kind.choices;

/** What bounds the management system, by kind, with a line to add the next one of each. */
export const ElementsCard = () => {
  const here = useHere();
  const list = useSomeRecords('scope-elements', {}, 200);
  const items = list.data?.items ?? [];
  return (
    <Card
      title={t('scope.elements')}
      flush
      actions={
        <Go className="link sm" to={here.to('scope-elements')}>
          {t('scope.table')}
        </Go>
      }
    >
      {list.isPending ? <Waiting lines={5} /> : null}
      <ProblemView error={list.error} />
      {list.isSuccess ? kinds.map((kind) => <Kind key={kind} kind={kind} items={items.filter((item) => item['kind'] === kind)} />) : null}
    </Card>
  );
};

const Kind = ({ kind, items }: { kind: string; items: readonly RecordView[] }) => {
  const here = useHere();
  const may = here.holds(scopeElements.permissions.create);
  const [adding, setAdding] = useState(false);
  return (
    <div className="edit-row">
      <h3 className="k" style={{ fontWeight: 500 }}>
        {choiceLabel('scope-elements', 'kind', kind)}
      </h3>
      <div className="col" style={{ gap: 6 }}>
        {items.map((item) => (
          <div key={item.id} className="row wrap" style={{ gap: '2px 10px' }}>
            <Go className="link plain" to={here.to('scope-elements', item.id)}>
              {String(item['name'])}
            </Go>
            {item['decision'] === 'out' && kind !== 'exclusion' ? (
              <Status value="out" register="scope-elements" field="decision" quiet />
            ) : null}
            {typeof item['description'] === 'string' ? <span className="sm mut">{item['description']}</span> : null}
          </div>
        ))}
        {items.length === 0 && !adding ? <span className="sm dim">{t('scope.noneOfKind')}</span> : null}
        {adding ? (
          <Add kind={kind} onClose={() => setAdding(false)} />
        ) : may ? (
          <div>
            <button
              type="button"
              className="link xs row"
              style={{ gap: 4 }}
              aria-label={t('scope.addNamed', { kind: choiceLabel('scope-elements', 'kind', kind) })}
              onClick={() => setAdding(true)}
            >
              <IconPlus size={13} stroke={1.75} aria-hidden />
              {t('ui.add')}
            </button>
          </div>
        ) : null}
      </div>
    </div>
  );
};

const Add = ({ kind, onClose }: { kind: string; onClose: () => void }) => {
  const write = useWrite('scope-elements');
  const [name, setName] = useState('');
  const add = () =>
    write.mutate(
      { kind: 'create', values: { name: name.trim(), kind, decision: kind === 'exclusion' ? 'out' : 'in' } },
      { onSuccess: () => setName('') },
    );
  return (
    <form
      className="col"
      style={{ gap: 6 }}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') add();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="row wrap">
        <TextInput
          className="grow"
          size="xs"
          autoFocus
          maxLength={300}
          aria-label={t('scope.nameOf', { kind: choiceLabel('scope-elements', 'kind', kind) })}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" loading={write.isPending}>
          {t('ui.add')}
        </Button>
        <Button size="xs" variant="subtle" onClick={onClose}>
          {t('scope.done')}
        </Button>
      </div>
      <ProblemView error={write.error} />
    </form>
  );
};
