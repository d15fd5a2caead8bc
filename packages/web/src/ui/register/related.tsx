import type { Register } from '@aimwell/contract/platform/register';
import { registerNamed, registers } from '@aimwell/contract/registers';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { request } from '../api.ts';
import { Go } from '../link.tsx';
import { Card } from '../page.tsx';
import { ProblemView } from '../problem.tsx';
import { type RecordView } from '../record.ts';
import { useHere } from '../session.tsx';
import { Status } from '../status.tsx';
import { inSentence, registerMany, registerOne, t } from '../words.ts';

export interface LinkView {
  readonly register: string;
  readonly field: string;
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
  readonly state: string | null;
}

/** Records that name this one: the next links of its thread. */
const useLinks = (register: string, id: string) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'links', register, id],
    queryFn: ({ signal }) => request<{ items: readonly LinkView[] }>('GET', here.api('links', register, id), { signal }),
  });
};

/** Registers whose records are made below one of this register: children, and what is found by pointing here. */
const addable = (register: Register): readonly (readonly [Register, string])[] =>
  registers.flatMap((other) =>
    Object.entries(other.fields).flatMap(([name, field]): (readonly [Register, string])[] => {
      const points =
        (field.kind === 'reference' || field.kind === 'references') && field.to === register.name && field.managed === undefined;
      return points && field.filter === true && other.permissions.create.length > 0 && register.name !== 'people' ? [[other, name]] : [];
    }),
  );

/** What hangs on a record, one card for each register that names it, with the way to add one. */
export const RelatedCards = ({ register, record, hide = [] }: { register: Register; record: RecordView; hide?: readonly string[] }) => {
  const links = useLinks(register.name, record.id);
  const groups = new Map<string, LinkView[]>();
  for (const link of links.data?.items ?? [])
    if (!hide.includes(link.register))
      groups.set(`${link.register}.${link.field}`, [...(groups.get(`${link.register}.${link.field}`) ?? []), link]);
  const empty = addable(register).filter(([other, field]) => !hide.includes(other.name) && !groups.has(`${other.name}.${field}`));
  return (
    <>
      <ProblemView
        error={links.error}
        onRetry={() => {
          void links.refetch();
        }}
      />
      {[...groups].map(([key, items]) => (
        <RelatedCard key={key} items={items} record={record} />
      ))}
      {links.isSuccess && record.archivedAt === null ? <AddRow choices={empty} record={record} /> : null}
    </>
  );
};

const RelatedCard = ({ items, record }: { items: readonly LinkView[]; record: RecordView }) => {
  const [all, setAll] = useState(false);
  const first = items[0];
  const here = useHere();
  if (first === undefined) return null;
  const register = registerNamed(first.register);
  const field = register.fields[first.field];
  const may = field?.managed === undefined && here.holds(register.permissions.create) && record.archivedAt === null;
  const shown = all ? items : items.slice(0, 8);
  return (
    <Card
      title={registerMany(register.name)}
      count={items.length}
      flush
      actions={may ? <AddButton register={register} field={first.field} record={record} /> : undefined}
    >
      <table className="table">
        <tbody>
          {shown.map((item) => (
            <tr key={item.id}>
              <td style={{ width: 92 }} className="id no-phone">
                {item.identifier}
              </td>
              <td>
                <Go to={here.to(register.name, item.id)} className="link plain">
                  {item.title}
                </Go>
              </td>
              <td className="r nw" style={{ width: 1 }}>
                {item.state === null ? null : (
                  <Status value={item.state} register={register.name} field={register.state ?? 'status'} quiet />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < items.length ? (
        <div style={{ padding: '6px 16px 10px' }}>
          <button type="button" className="link sm" onClick={() => setAll(true)}>
            {t('ui.allN', { count: items.length })}
          </button>
        </div>
      ) : null}
    </Card>
  );
};

const AddButton = ({
  register,
  field,
  record,
  words = false,
}: {
  register: Register;
  field: string;
  record: RecordView;
  words?: boolean;
}) => {
  const here = useHere();
  const navigate = useNavigate();
  return (
    <Button
      size="xs"
      variant={words ? 'default' : 'subtle'}
      leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
      aria-label={t('ui.addNamed', { what: inSentence(registerOne(register.name)) })}
      onClick={() => {
        void navigate({ to: here.to(register.name, 'new') as '/', search: { [field]: record.id } as never });
      }}
    >
      {words ? registerOne(register.name) : t('ui.add')}
    </Button>
  );
};

const AddRow = ({ choices, record }: { choices: readonly (readonly [Register, string])[]; record: RecordView }) => {
  const here = useHere();
  const mine = choices.filter(([register]) => here.holds(register.permissions.create));
  if (mine.length === 0) return null;
  return (
    <div className="row wrap no-print">
      <span className="sm dim">{t('ui.addHere')}</span>
      {mine.map(([register, field]) => (
        <AddButton key={`${register.name}.${field}`} register={register} field={field} record={record} words />
      ))}
    </div>
  );
};
