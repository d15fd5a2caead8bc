import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import type { EntryChange } from './calls.ts';
import { standing } from './counts.ts';
import { useEditing } from './editing.tsx';

/** What speaks against an exclusion, the button that mends it, and the place to explain what the inventory alone says. */
export const ContradictionLines = ({ row, onChange }: { row: SoaRow; onChange: (change: EntryChange) => void }) => {
  const here = useHere();
  const { can } = useEditing();
  const found = standing(row);
  if (found.length === 0) return null;
  const blocks = found.some((one) => one.blocks);
  const treatment = found.some(({ kind }) => kind === 'open_treatment') ? row.treatments[0] : undefined;
  return (
    <div className="soa-contra" data-blocks={blocks || undefined}>
      <ul>
        {found.map((one) => (
          <li key={one.kind}>
            <Shape kind={one.blocks ? 'diamond' : 'ring'} tone={one.blocks ? 'bad' : 'note'} />
            <span>
              <span className="b">{t(one.blocks ? 'soa.contradiction' : 'soa.explained')}</span> <Linked text={one.message} row={row} />.{' '}
              <span className="mut">{one.blocks ? one.remedy : row.contradictionNote}</span>
            </span>
          </li>
        ))}
      </ul>
      {can('decision') ? (
        <>
          <div className="row wrap">
            <Button size="xs" onClick={() => onChange({ decision: 'included' })}>
              {t('soa.include', { control: row.control })}
            </Button>
            {treatment === undefined ? null : (
              <Go className="btn-quiet" to={here.to('treatments', treatment.id)}>
                {t('soa.openRecord', { id: treatment.identifier })}
              </Go>
            )}
          </div>
          {found.some(({ kind }) => kind === 'inventory') ? (
            <Explanation key={row.contradictionNote ?? ''} row={row} onSave={(note) => onChange({ contradictionNote: note })} />
          ) : null}
        </>
      ) : null}
    </div>
  );
};

/** An inventory may be answered in words; an open treatment or a confirmed link may not. */
const Explanation = ({ row, onSave }: { row: SoaRow; onSave: (note: string | null) => void }) => {
  const [note, setNote] = useState(row.contradictionNote ?? '');
  const changed = note.trim() !== (row.contradictionNote ?? '');
  return (
    <form
      className="soa-explain"
      onSubmit={(event) => {
        event.preventDefault();
        if (changed) onSave(note.trim() === '' ? null : note.trim());
      }}
    >
      <Textarea
        autosize
        minRows={1}
        label={t('soa.explainLabel')}
        placeholder={t('soa.explainHint')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {changed ? (
        <Button size="xs" type="submit">
          {t('soa.saveExplanation')}
        </Button>
      ) : null}
    </form>
  );
};

/** The records a message names, as links where the row knows them. */
const Linked = ({ text, row }: { text: string; row: SoaRow }): ReactNode => {
  const here = useHere();
  const known = new Map([
    ...row.treatments.map((one) => [one.identifier, here.to('treatments', one.id)] as const),
    ...row.risks.map((one) => [one.identifier, here.to('risks', one.id)] as const),
    ...row.objectives.map((one) => [one.identifier, here.to('objectives', one.id)] as const),
  ]);
  return text.split(/([A-Z]{3}-\d{4,})/).map((part, index) => {
    const to = known.get(part);
    return to === undefined ? (
      part
    ) : (
      <Go key={index} className="link in-text" to={to}>
        {part}
      </Go>
    );
  });
};
