import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { Select } from '@mantine/core';
import { formatDay } from '../ui/dates.ts';
import { textOf, useUrlFilters } from '../ui/filters.ts';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { fieldLabel, t } from '../ui/words.ts';
import { type SoaDiff, useSoa, useSoaDiff } from './calls.ts';
import { told } from './changed.tsx';
import './soa.css';

/** Any two versions of the statement, by control and field. */
export default function ComparePage() {
  const here = useHere();
  const soa = useSoa(undefined);
  const { search, set } = useUrlFilters();
  const versions = soa.data?.versions ?? [];
  const to = textOf(search['to']) ?? versions[0]?.id;
  const from = textOf(search['from']) ?? versions.find(({ id, state }) => state === 'approved' && id !== to)?.id ?? versions[1]?.id;
  const diff = useSoaDiff(from, to);
  return (
    <div className="page">
      <PageHead title={t('soa.compare.title')}>
        <Go className="link sm" to={here.to('soa')}>
          {t('soa.title')}
        </Go>
      </PageHead>
      <ProblemView error={soa.error ?? diff.error} />
      {versions.length < 2 && soa.isSuccess ? (
        <Empty title={t('soa.compare.one')} />
      ) : (
        <div className="stack">
          <div className="row wrap" style={{ alignItems: 'end', gap: 16 }}>
            <Pick label={t('soa.compare.from')} versions={versions} value={from} onChange={(id) => set({ from: id })} />
            <Pick label={t('soa.compare.to')} versions={versions} value={to} onChange={(id) => set({ to: id })} />
          </div>
          {from === to ? (
            <Empty title={t('soa.compare.same')} />
          ) : diff.data === undefined ? (
            <Waiting lines={5} />
          ) : (
            <Table diff={diff.data} />
          )}
        </div>
      )}
    </div>
  );
}

const Pick = ({
  label,
  versions,
  value,
  onChange,
}: {
  label: string;
  versions: SoaView['versions'];
  value: string | undefined;
  onChange: (id: string) => void;
}) => (
  <Select
    label={label}
    allowDeselect={false}
    value={value ?? null}
    onChange={(id) => {
      if (id !== null) onChange(id);
    }}
    w={280}
    data={versions.map((one) => ({
      value: one.id,
      label: `${t(`soa.versionName.${one.state}`, { n: one.versionNumber })}, ${one.approvedOn === null ? t(`soa.state.${one.state}`) : `${t('soa.approvedOn')} ${formatDay(one.approvedOn)}`}`,
    }))}
  />
);

const Table = ({ diff }: { diff: SoaDiff }) => {
  const here = useHere();
  if (diff.changes.length === 0) return <Empty title={t('soa.compare.none')} />;
  return (
    <Card title={t('soa.compare.count', { count: diff.changes.length })} flush>
      <div className="scroll-x" tabIndex={0} role="group" aria-label={t('soa.compare.title')}>
        <table className="table soa-diff">
          <thead>
            <tr>
              <th scope="col">{t('soa.columns.control')}</th>
              <th scope="col">{t('soa.compare.field')}</th>
              <th scope="col">{t(`soa.versionName.${diff.from.state}`, { n: diff.from.versionNumber })}</th>
              <th scope="col">{t(`soa.versionName.${diff.to.state}`, { n: diff.to.versionNumber })}</th>
            </tr>
          </thead>
          {diff.changes.map((change) => (
            <tbody key={change.control}>
              {(change.fields.length === 0 ? [null] : change.fields).map((field, index, all) => (
                <tr key={field?.field ?? ''}>
                  {index === 0 ? (
                    <th scope="rowgroup" rowSpan={all.length}>
                      <Go className="link plain" to={`${here.to('soa')}?version=${diff.to.id}&open=${change.control}`}>
                        <span className="id">{change.control}</span> {change.title}
                      </Go>
                    </th>
                  ) : null}
                  {field === null ? (
                    <td colSpan={3} className="m">
                      {t(`soa.compare.${change.change}`)}
                    </td>
                  ) : (
                    <>
                      <td className="mut sm">{fieldLabel('soa-entries', field.field)}</td>
                      <td className="sm">
                        <del>{told(field.field, field.from)}</del>
                      </td>
                      <td className="sm">
                        <ins>{told(field.field, field.to)}</ins>
                      </td>
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Card>
  );
};
