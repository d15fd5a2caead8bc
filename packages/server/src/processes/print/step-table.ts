import type { stepLine } from '@aimwell/contract/processes/views';
import type { z } from 'zod';
import type { Cell, Column, Row, Table } from '../../platform/reports/model.ts';
import { durationWords, formWords, humanise, kindWords, raciWords, roleWord } from './words.ts';

export type StepLine = z.infer<typeof stepLine>;

const nameOf = ({ name, kind }: Pick<StepLine, 'name' | 'kind'>): string => name ?? kindWords(kind);

const nextOf = (step: StepLine, names: ReadonlyMap<string, string>): string =>
  step.next
    .map(
      ({ id, name, condition }) => (name ?? names.get(id) ?? id) + (condition === null ? '' : `, if ${condition.replace(/^\s*=\s*/, '')}`),
    )
    .join('\n');

const columns: readonly Column[] = [
  { header: 'Step', width: 1.7 },
  { header: 'Role', width: 1.1 },
  { header: 'RACI', width: 1.2 },
  { header: 'Due', width: 0.6 },
  { header: 'Form', width: 1.3 },
  { header: 'Evidence', width: 1 },
  { header: 'References', width: 0.9 },
  { header: 'Then', width: 1.8 },
];

const kept: Readonly<Record<string, string>> = {
  starter: 'whoever started the run',
  'record.author': 'the author of the record',
  'record.owner': 'the owner of the record',
};

/** Whom else the role concerns: who may not do it, and who hears of it once it is late. */
const roleNote = ({ notBy, escalateTo }: StepLine, names: ReadonlyMap<string, string>): string =>
  [
    ...(notBy.length > 0 ? [`not by ${notBy.map((one) => kept[one] ?? `whoever did “${names.get(one) ?? one}”`).join(' or ')}`] : []),
    ...(escalateTo !== null ? [`when late: ${roleWord(escalateTo)}`] : []),
  ].join('; ');

/** The steps of a map as a table, in the order in which a run can reach them. */
export const stepTable = (steps: readonly StepLine[], extra?: { readonly header: string; readonly cell: (id: string) => Cell }): Table => {
  const names = new Map(steps.map((step) => [step.id, nameOf(step)]));
  const rows = steps.map((step): Row => {
    const told: readonly Cell[] = [
      { kind: 'text', text: nameOf(step), note: step.name === null ? '' : kindWords(step.kind), strong: /Task$|Activity$/.test(step.kind) },
      { kind: 'text', text: roleWord(step.role), note: roleNote(step, names) },
      raciWords(step.raci),
      step.due === null ? '' : durationWords(step.due),
      formWords(step.form),
      step.evidence.map(humanise).join(', '),
      step.references.join(', '),
      nextOf(step, names),
    ];
    return { kind: 'row', cells: extra === undefined ? told : [told[0] ?? '', extra.cell(step.id), ...told.slice(1)] };
  });
  return {
    kind: 'table',
    caption: 'Steps in the order in which a run can reach them',
    columns: extra === undefined ? columns : [...columns.slice(0, 1), { header: extra.header, width: 1 }, ...columns.slice(1)],
    rows,
    emptyText: 'This map holds no steps.',
  };
};
