import { Card } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { humanise, t } from '../ui/words.ts';
import { useDifferences } from './calls.ts';

/** What changed from the version before to this one; nothing where there is none before. */
export const CompareCard = ({ version }: { version: string }) => {
  const compared = useDifferences(version);
  if (compared.isError) return <ProblemView error={compared.error} />;
  if (compared.data === undefined || compared.data.before === null) return null;
  const { before, items } = compared.data;
  return (
    <Card title={t('processes.changedSince', { number: before.number })} count={items.length} flush>
      {items.length === 0 ? <p className="mut pad">{t('processes.nothingChanged')}</p> : null}
      {items.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('processes.changedSince', { number: before.number })}>
          <table className="table pr-table">
            <thead>
              <tr>
                <th scope="col">{t('processes.columns.where')}</th>
                <th scope="col">{t('processes.columns.what')}</th>
                <th scope="col">{t('processes.columns.before')}</th>
                <th scope="col">{t('processes.columns.after')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((item, index) => (
                <tr key={index} className="sm">
                  <td>
                    <span className="m">{item.name ?? item.id}</span>
                    <span className="xs dim dblock">{humanise(item.kind)}</span>
                  </td>
                  <td>
                    {t(`processes.differences.${item.what}`)}
                    {item.field === null ? null : `: ${humanise(item.field)}`}
                  </td>
                  <td>{item.before ?? <span className="dim">–</span>}</td>
                  <td>{item.after ?? <span className="dim">–</span>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};
