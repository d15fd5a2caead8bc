import type { Register } from '@aimwell/contract/platform/register';
import { Menu } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useLocalStorage } from '@mantine/hooks';
import type { RecordView } from '../record.ts';
import type { Column } from '../table/data-table.tsx';
import { MomentText } from '../date-text.tsx';
import { FieldValue } from '../value.tsx';
import { choiceLabel, fieldLabel, registerOne, t } from '../words.ts';

const widths: Readonly<Record<string, number>> = {
  text: 160,
  longText: 220,
  integer: 100,
  boolean: 90,
  date: 124,
  moment: 150,
  choice: 150,
  choices: 160,
  reference: 150,
  references: 150,
  code: 96,
  codes: 170,
  result: 100,
};

const widthOf = (register: Register, name: string): number | undefined => {
  const field = register.fields[name];
  if (name === register.title || field === undefined) return undefined;
  const head = Math.min(220, fieldLabel(register.name, name).length * 6.8 + 22);
  if (field.kind === 'reference' && field.to === 'people') return Math.max(72, head);
  if (field.kind !== 'choice') return Math.max(widths[field.kind] ?? 140, head);
  const long = Math.max(...field.choices.map((one) => choiceLabel(register.name, name, one).length));
  return Math.max(96, Math.min(200, 46 + long * 6.8), head);
};

/** Pixels beside the title and the identifier on a screen 1440 wide: what does not fit would be cut off. */
const room = 760;

/** Of the columns a declaration offers, those that say most in one line and fit: where it stands, who, when; long words last. */
const likely = (register: Register, all: readonly string[]): readonly string[] => {
  const rank = (name: string): number => {
    const field = register.fields[name];
    if (name === register.state || /level$/i.test(name)) return 0;
    if (field?.kind === 'choice' || field?.kind === 'integer' || field?.kind === 'date' || field?.kind === 'boolean') return 1;
    return field?.kind === 'reference' ? 1 : 2;
  };
  const offered = all.filter((name) => register.fields[name]?.inList === true);
  let left = room;
  const chosen = new Set(
    offered
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, 7)
      .filter((name) => {
        const width = widthOf(register, name) ?? 0;
        if (width > left) return false;
        left -= width;
        return true;
      }),
  );
  return offered.filter((name) => chosen.has(name));
};

/** Cells that a room draws itself, by column. Defined outside the component, so that columns are made once. */
export type Cells = Readonly<Record<string, { readonly width: number; readonly cell: (row: RecordView) => ReactNode }>>;

/** The columns a reader sees of a register: his own choice, kept in this browser, or those the declaration proposes. */
export const useColumns = (register: Register, proposed?: readonly string[], cells?: Cells) => {
  const all = useMemo(
    () =>
      Object.entries(register.fields)
        .filter(([name, field]) => name !== register.title && field.kind !== 'result')
        .map(([name]) => name),
    [register],
  );
  const standard = useMemo(() => proposed ?? likely(register, all), [all, proposed, register]);
  const [own, setChosen] = useLocalStorage<readonly string[] | undefined>({ key: `columns:${register.name}`, defaultValue: undefined });
  const chosen = own ?? standard;
  const names = useMemo(() => all.filter((name) => chosen.includes(name)), [all, chosen]);
  const columns = useMemo(
    (): readonly Column<RecordView>[] => [
      {
        key: 'identifier',
        label: t('ui.id'),
        width: 88,
        sort: 'identifier',
        cell: (row) => <span className="id">{row.identifier.replace('-', '\u2011')}</span>,
      },
      {
        key: register.title,
        label: registerOne(register.name),
        ...(register.fields[register.title]?.sort === true ? { sort: register.title } : {}),
        cell: () => null,
      },
      ...names.map((name): Column<RecordView> => {
        const width = widthOf(register, name);
        return {
          key: name,
          label: fieldLabel(register.name, name),
          ...(width === undefined ? {} : { width }),
          ...(register.fields[name]?.sort === true ? { sort: name } : {}),
          cell: (row) => <FieldValue register={register} name={name} value={row[name]} cell />,
          ...cells?.[name],
        };
      }),
      ...(chosen.includes('updatedAt')
        ? [
            {
              key: 'updatedAt',
              label: t('ui.fields.updatedAt'),
              width: 110,
              sort: 'updatedAt',
              cell: (row: RecordView) => <MomentText value={row.updatedAt} ago />,
            },
          ]
        : []),
    ],
    [register, names, chosen, cells],
  );
  return { columns, all: [...all, 'updatedAt'], chosen, setChosen };
};

/** Chooses which columns stand in the table. */
export const ColumnsMenu = ({
  register,
  all,
  chosen,
  onChange,
}: {
  register: Register;
  all: readonly string[];
  chosen: readonly string[];
  onChange: (names: readonly string[]) => void;
}) => (
  <Menu closeOnItemClick={false} position="bottom-end">
    <Menu.Target>
      <button type="button" className="tb-button" aria-label={t('ui.columns')}>
        <IconColumns3 size={15} stroke={1.75} aria-hidden />
        {t('ui.nOf', { n: chosen.length + 2, of: all.length + 2 })}
      </button>
    </Menu.Target>
    <Menu.Dropdown mah={420} style={{ overflow: 'auto' }}>
      <Menu.Label>{t('ui.columns')}</Menu.Label>
      {all.map((name) => (
        <Menu.CheckboxItem
          key={name}
          checked={chosen.includes(name)}
          onChange={(checked) => onChange(checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
        >
          {fieldLabel(register.name, name)}
        </Menu.CheckboxItem>
      ))}
    </Menu.Dropdown>
  </Menu>
);
