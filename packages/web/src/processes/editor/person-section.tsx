import { TagsInput } from '@mantine/core';
import { useCatalog } from '../../ui/form/catalog.ts';
import { t } from '../../ui/words.ts';
import { roleWords } from '../task-table.tsx';
import { DueField } from './due-field.tsx';
import { ChoiceField, ChoicesField, roleChoices } from './fields.tsx';
import { FormField } from './form-field.tsx';
import { nameOf } from './kinds.ts';
import { type Drawn, kindOf, many, ownIn, textIn, wordsIn } from './model.ts';
import { RaciFields } from './raci-fields.tsx';
import type { Board, SectionProps } from './use-drawing.ts';

/** Who does a step, with what, by when, with which proof, for which clauses, and who may not. */
export const PersonSection = ({ board, element }: SectionProps) => {
  const step = ownIn(element.businessObject, 'aims:Step');
  const set = (values: Readonly<Record<string, string>>) => board.changes.own(element, 'aims:Step', values);
  const laneRole = roleOfLane(board, element);
  return (
    <>
      <ChoiceField
        label={t('processes.role')}
        placeholder={laneRole === '' ? t('processes.anybody') : t('drawing.ofLane', { role: roleWords(laneRole) })}
        choices={roleChoices()}
        value={textIn(step, 'role')}
        onChange={(role) => set({ role })}
      />
      <FormField value={textIn(step, 'form')} onChange={(form) => set({ form })} />
      <TagsInput
        label={t('processes.evidence')}
        description={t('processes.evidenceHelp')}
        value={[...wordsIn(step, 'evidence')]}
        onChange={(kinds) => set({ evidence: kinds.map((kind) => kind.trim().replaceAll(/\s+/gu, '-').toLowerCase()).join(' ') })}
      />
      <References value={wordsIn(step, 'references')} onChange={(references) => set({ references: references.join(' ') })} />
      <DueField label={t('drawing.due')} value={textIn(step, 'due')} onChange={(due) => set({ due })} />
      <ChoiceField
        label={t('processes.escalateTo')}
        description={t('processes.escalateHelp')}
        choices={roleChoices()}
        value={textIn(step, 'escalateTo')}
        onChange={(escalateTo) => set({ escalateTo })}
      />
      <ChoicesField
        label={t('drawing.notBy')}
        description={t('drawing.notByHelp')}
        choices={[
          ...involved.map((value) => ({ value, label: t(`drawing.involved.${value.replace('.', '_')}`) })),
          ...otherSteps(board, element),
        ]}
        value={wordsIn(step, 'notBy')}
        onChange={(names) => set({ notBy: names.join(' ') })}
      />
      <RaciFields board={board} element={element} />
    </>
  );
};

const involved = ['starter', 'record.author', 'record.owner'];

/** Other steps that people do, to choose from. */
const otherSteps = ({ drawing }: Board, element: Drawn) =>
  drawing
    .get('elementRegistry')
    .filter((one) => one.labelTarget === undefined && one !== element && /^(?:User|Manual)Task$/u.test(kindOf(one)))
    .map((one) => ({ value: one.id, label: nameOf(one) }));

/** The role of the innermost lane that holds an element, or what it stands in; empty for none. */
const roleOfLane = ({ drawing }: Board, element: Drawn): string => {
  const lanes = drawing.get('elementRegistry').filter((one) => kindOf(one) === 'Lane');
  for (let at: Drawn | undefined = element; at !== undefined; at = at.parent) {
    const inside = at.businessObject;
    const around = lanes.filter((lane) => many(lane.businessObject, 'flowNodeRef').includes(inside)).at(-1);
    if (around !== undefined) return textIn(ownIn(around.businessObject, 'aims:Lane'), 'role');
  }
  return '';
};

const References = ({ value, onChange }: { value: readonly string[]; onChange: (references: readonly string[]) => void }) => {
  const [clauses, controls] = [useCatalog('clauses'), useCatalog('controls')];
  const choices = [...(clauses.data ?? []), ...(controls.data ?? [])].map(({ id, title }) => ({ value: id, label: `${id} ${title}` }));
  return (
    <ChoicesField
      label={t('processes.columns.references')}
      placeholder={t('ui.typeToSearch')}
      choices={[...new Map(choices.map((choice) => [choice.value, choice])).values()]}
      value={value}
      onChange={onChange}
    />
  );
};
