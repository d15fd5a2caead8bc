import type { Register } from '@aimwell/contract/platform/register';
import { Shape } from '../shapes.tsx';
import { choiceLabel, fieldLabel, t } from '../words.ts';
import { Mend } from './mend.tsx';
import type { ImportState } from './state.ts';
import type { ImportField, ImportRow } from './types.ts';

interface Props {
  readonly register: Register;
  readonly rows: readonly ImportRow[];
  readonly state: ImportState;
  readonly onFix: (row: string, field: string, fix: string | readonly string[]) => void;
}

const shapes = { ready: ['disc', 'ok'], needs: ['triangle', 'warn'], wrong: ['diamond', 'bad'] } as const;

/** The columns worth seeing: the title, then what the sheet fills, short fields first; the asked-for ones last. */
const shownFields = (
  register: Register,
  fields: readonly ImportField[],
  { mapping, fixes }: ImportState,
  rows: readonly ImportRow[],
): readonly ImportField[] => {
  const asked = new Set([
    ...rows.flatMap(({ problems }) => problems.filter(({ severity }) => severity !== 'warning').map(({ field }) => field)),
    ...Object.values(fixes).flatMap((fix) => Object.keys(fix)),
  ]);
  const used = new Set(mapping?.columns.flatMap(({ field }) => (field === undefined ? [] : [field])));
  const plain = fields
    .filter(({ name }) => name !== register.title && used.has(name) && !asked.has(name) && register.fields[name]?.inList === true)
    .slice(0, 4);
  return [...plain, ...fields.filter(({ name }) => asked.has(name) && name !== register.title)];
};

/** A value as people say it: choices by their words, everything else as the sheet has it. */
const wordsOf = (register: string, field: ImportField, value: unknown): string => {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) return '—';
  if (Array.isArray(value)) return value.map((one) => wordsOf(register, field, one)).join(', ');
  return field.choices === undefined ? String(value) : choiceLabel(register, field.name, String(value));
};

/** Rows of the dry run. What is wrong stands in its row, under its column, with the place to mend it. */
export const RowsTable = ({ register, rows, state, onFix }: Props) => {
  const fields = state.file?.fields ?? [];
  const shown = shownFields(register, fields, state, rows);
  const fieldOf = (name: string) => fields.find((field) => field.name === name);
  return (
    <div className="card imp-scroll imp-rows" tabIndex={0} role="region" aria-label={t('import.rowsOf', { name: state.file?.name })}>
      <table className="table">
        <thead>
          <tr>
            <th className="num" style={{ width: 48 }}>
              {t('import.row')}
            </th>
            <th>{fieldLabel(register.name, register.title)}</th>
            {shown.map(({ name, label }) => (
              <th key={name}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const [kind, tone] = shapes[row.state];
            const open = row.problems.filter(({ severity }) => severity !== 'warning');
            const quiet = row.problems.filter(({ severity }) => severity === 'warning');
            const fixes = state.fixes[String(row.row)] ?? {};
            const titled = open.find(({ field }) => field === register.title || !shown.some(({ name }) => name === field));
            return (
              <tr key={row.row} className={row.state === 'ready' ? '' : 'imp-open'} data-state={row.state}>
                <td className="num dim sm">{row.row}</td>
                <td>
                  <span className="st" style={{ alignItems: 'baseline' }}>
                    <Shape kind={kind} tone={tone} />
                    <span className="sr">{t(`import.state.${row.state}`)}</span>
                    <span className="m">{row.title === '' ? t('import.noTitle') : row.title}</span>
                    {row.effect === 'unchanged' ? (
                      <span className="xs dim">{t('import.alreadyHere')}</span>
                    ) : row.effect === 'change' ? (
                      <span className="xs dim">{t('import.changes')}</span>
                    ) : null}
                  </span>
                  {titled === undefined ? null : (
                    <div className="stack" style={{ gap: 4, marginTop: 4 }}>
                      <span className="xs t-bad">{titled.message}</span>
                      {fieldOf(titled.field) === undefined ? null : (
                        <Mend
                          row={row}
                          field={fieldOf(titled.field) as ImportField}
                          fix={fixes[titled.field]}
                          allowed={titled.allowed}
                          suggestion={titled.suggestion}
                          onFix={(fix) => onFix(String(row.row), titled.field, fix)}
                        />
                      )}
                    </div>
                  )}
                  {quiet.length === 0 ? null : (
                    <details>
                      <summary className="xs dim">{t('import.understood', { count: quiet.length })}</summary>
                      <ul className="xs mut" style={{ margin: 0, paddingLeft: 16 }}>
                        {quiet.map((problem, index) => (
                          <li key={index}>
                            {problem.column}: {problem.message}
                          </li>
                        ))}
                      </ul>
                    </details>
                  )}
                </td>
                {shown.map((field) => {
                  const problem = open.find((one) => one.field === field.name);
                  const mended = Object.hasOwn(fixes, field.name);
                  return (
                    <td key={field.name} className={`sm mut imp-cell${problem !== undefined || mended ? ' asked' : ''}`}>
                      {problem === undefined && !mended ? (
                        <span className={field.kind === 'date' ? 'imp-day' : 'imp-clip'}>
                          {wordsOf(register.name, field, row.values[field.name])}
                        </span>
                      ) : (
                        <>
                          {problem === undefined || problem.severity === 'needs' ? null : <div className="xs t-bad">{problem.message}</div>}
                          <Mend
                            row={row}
                            field={field}
                            fix={fixes[field.name]}
                            allowed={problem?.allowed ?? []}
                            suggestion={problem?.suggestion}
                            onFix={(fix) => onFix(String(row.row), field.name, fix)}
                          />
                        </>
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
