import type { Register } from '@aimwell/contract/platform/register';
import { registers } from '@aimwell/contract/registers';
import { useQueries } from '@tanstack/react-query';
import { useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { request } from '../../ui/api.ts';
import { listOf } from '../../ui/filters.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { Empty, PageHead, Waiting } from '../../ui/page.tsx';
import { keyOf, type RecordView } from '../../ui/record.ts';
import { useHere } from '../../ui/session.tsx';
import { inSentence, registerMany, registerOne, t } from '../../ui/words.ts';
import { NotFoundPage } from '../error-page.tsx';

/** `/o/:org/:register/new`: the form of any register; `?risk=<id>` starts it below its parent. */
const RegisterNewPage = () => {
  const { register: named } = useParams({ strict: false }) as { register?: string };
  // Below a room's own path (`systems/new`) the register is no parameter; it stands before the last word all the same.
  const fromPath = useLocation({ select: ({ pathname }) => pathname.replace(/\/+$/u, '').split('/').at(-2) ?? '' });
  const name = named ?? fromPath;
  const register = registers.find((one) => one.name === name);
  return register === undefined ? <NotFoundPage /> : <NewRecord key={name} register={register} />;
};

const NewRecord = ({ register }: { register: Register }) => {
  const here = useHere();
  const navigate = useNavigate();
  const { start, ready, parent } = useStart(register);
  const title = t('ui.newOne', { what: inSentence(registerOne(register.name)) });
  if (register.permissions.create.length === 0 || !here.holds(register.permissions.create))
    return (
      <div className="page">
        <PageHead title={title} />
        <Empty title={t('ui.mayNotCreate', { what: inSentence(registerMany(register.name)) })} />
      </div>
    );
  return (
    <div className="page" style={{ maxWidth: 760 }}>
      <PageHead title={title} />
      {ready ? (
        <RecordForm
          register={register}
          start={start}
          onDone={(record) => {
            void navigate({ to: here.to(register.name, record.id) as '/', replace: true });
          }}
          onCancel={() => {
            void navigate({ to: (parent === undefined ? here.to(register.name) : here.to(...parent)) as '/' });
          }}
        />
      ) : (
        <Waiting />
      )}
    </div>
  );
};

/** Values from the address: choices and codes as they are, references looked up so that the form shows their titles. */
const useStart = (register: Register) => {
  const here = useHere();
  const search = useSearch({ strict: false }) as Record<string, string | string[]>;
  const refs = Object.entries(register.fields).flatMap(([name, field]) =>
    (field.kind === 'reference' || field.kind === 'references') && search[name] !== undefined
      ? listOf(search[name]).map((id) => ({ name, to: field.to, id, many: field.kind === 'references' }))
      : [],
  );
  const found = useQueries({
    queries: refs.map(({ to, id }) => ({
      queryKey: keyOf(here, to, 'record', id),
      queryFn: () => request<RecordView>('GET', here.api(to, id)),
    })),
  });
  const ready = found.every((one) => !one.isPending);
  const data = found.map((one) => one.data);
  const start = useMemo(() => {
    const values: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(register.fields)) {
      const given = search[name];
      if (given === undefined || field.managed !== undefined || field.kind === 'reference' || field.kind === 'references') continue;
      values[name] =
        field.kind === 'codes' || field.kind === 'choices'
          ? listOf(given)
          : field.kind === 'boolean'
            ? given === 'true'
            : field.kind === 'integer'
              ? Number(given)
              : given;
    }
    for (const [index, { name, to, id, many }] of refs.entries()) {
      const record = data[index];
      const target = registers.find((one) => one.name === to);
      if (record === undefined || target === undefined) continue;
      const view = { id, identifier: record.identifier, title: String(record[target.title] ?? record.identifier) };
      values[name] = many ? [...((values[name] as unknown[] | undefined) ?? []), view] : view;
    }
    return values;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the start is taken once, when all named records are there
  }, [ready, register]);
  const first = refs[0];
  return { start, ready, parent: first === undefined ? undefined : ([first.to, first.id] as const) };
};
export default RegisterNewPage;
