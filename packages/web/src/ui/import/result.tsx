import type { Register } from '@aimwell/contract/platform/register';
import type { ImportResult } from '@aimwell/contract/platform/transfer';
import { Button, Checkbox } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { request } from '../api.ts';
import { Go } from '../link.tsx';
import { Card, Say, Waiting } from '../page.tsx';
import type { Page, RecordView } from '../record.ts';
import { titleOf } from '../record.ts';
import { useHere } from '../session.tsx';
import { Shape } from '../shapes.tsx';
import { FieldValue } from '../value.tsx';
import { fieldLabel, registerMany, t } from '../words.ts';
import { SetOnMany } from './set-on-many.tsx';

/** More than this is not picked one by one: then the list of the register does it with its filters. */
const most = 500;

/** The imported records, walked page by page from the newest. */
const useImported = (register: Register, ids: readonly string[]) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, register.name, 'imported', ids],
    enabled: ids.length > 0 && ids.length <= most,
    queryFn: async ({ signal }) => {
      const wanted = new Set(ids);
      const found: RecordView[] = [];
      for (let cursor: string | undefined, pages = 0; found.length < wanted.size && pages < 100; pages += 1) {
        const page: Page = await request('GET', here.api(register.name), { query: { limit: 200, cursor }, signal });
        found.push(...page.items.filter(({ id }) => wanted.has(id)));
        if (page.next === null) break;
        cursor = page.next;
      }
      return found;
    },
  });
};

/** What came of it, and the place to set one thing on many of the new records at once. */
export const Result = ({ register, result, onAgain }: { register: Register; result: ImportResult; onAgain: () => void }) => {
  const here = useHere();
  const what = registerMany(register.name);
  return (
    <section className="stack" style={{ gap: 16 }} aria-labelledby="imp-done">
      <h2 id="imp-done" className="imp-h">
        {result.created === 0 && result.changed === 0
          ? t('import.nothingNew', { what })
          : t('import.imported', { count: result.created, what })}
      </h2>
      <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
        {[
          t('import.resultCreated', { count: result.created }),
          ...(result.changed > 0 ? [t('import.resultChanged', { count: result.changed })] : []),
          ...(result.unchanged > 0 ? [t('import.resultUnchanged', { count: result.unchanged })] : []),
          ...(result.skipped > 0 ? [t('import.resultSkipped', { count: result.skipped })] : []),
          ...(result.people.length > 0 ? [t('import.resultPeople', { count: result.people.length })] : []),
        ].join(' · ')}
      </Say>
      {result.ids.length > 0 ? <Many register={register} ids={result.ids} /> : null}
      <div className="imp-foot">
        <Button variant="subtle" onClick={onAgain}>
          {t('import.another')}
        </Button>
        <span className="grow" />
        <Go className="link" to={here.to(register.name)}>
          {t('import.openList', { what })}
        </Go>
      </div>
    </section>
  );
};

const columnsOf = (register: Register): readonly string[] =>
  register.name === 'systems'
    ? ['owner', 'rolesStandard', 'rolesLaw', 'scopeDecision']
    : Object.entries(register.fields)
        .filter(
          ([, field]) =>
            field.inList === true && field.managed === undefined && ['choice', 'choices', 'reference', 'date'].includes(field.kind),
        )
        .map(([name]) => name)
        .slice(0, 4);

const Many = ({ register, ids }: { register: Register; ids: readonly string[] }) => {
  const found = useImported(register, ids);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(() => columnsOf(register), [register]);
  const chosen = ids.filter((id) => !left.has(id));
  const toggle = (id: string) =>
    setLeft((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <Card title={t('import.setTitle')} count={t('import.chosen', { count: chosen.length, of: ids.length })} flush>
      <div className="body">
        <p className="sm mut" style={{ marginBottom: 12 }}>
          {t(ids.length > most ? 'import.setLeadAll' : 'import.setLead')}
        </p>
        <SetOnMany register={register} fields={columns} ids={chosen} />
      </div>
      {found.isLoading ? <Waiting /> : null}
      {found.data === undefined ? null : (
        <div className="imp-scroll" style={{ maxHeight: 420 }} tabIndex={0} role="region" aria-label={t('import.setTitle')}>
          <table className="table">
            <thead>
              <tr>
                <th style={{ width: 40 }}>
                  <Checkbox
                    size="xs"
                    aria-label={t('import.chooseAll')}
                    checked={left.size === 0}
                    indeterminate={left.size > 0 && left.size < ids.length}
                    onChange={() => setLeft(left.size === 0 ? new Set(ids) : new Set())}
                  />
                </th>
                <th>{fieldLabel(register.name, register.title)}</th>
                {columns.map((name) => (
                  <th key={name}>{fieldLabel(register.name, name)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {found.data.map((record) => (
                <tr key={record.id}>
                  <td>
                    <Checkbox
                      size="xs"
                      aria-label={titleOf(register, record)}
                      checked={!left.has(record.id)}
                      onChange={() => toggle(record.id)}
                    />
                  </td>
                  <td className="m">{titleOf(register, record)}</td>
                  {columns.map((name) => (
                    <td key={name} className="sm">
                      <FieldValue register={register} name={name} value={record[name]} cell />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};
