import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Initials } from '../ui/person.tsx';
import type { RecordView } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { LevelChip, Status } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';

interface Ref {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** Treatments, or the lines of a plan version that froze them: what, for which risk, how, who, until when. */
export const TreatmentLines = ({ lines, frozen = false }: { lines: readonly RecordView[]; frozen?: boolean }) => {
  const here = useHere();
  if (lines.length === 0) return null;
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label={t('treatment.lines')}>
      <table className="table" style={{ minWidth: 680 }}>
        <thead>
          <tr>
            <th scope="col" style={{ paddingLeft: 16 }}>
              {t('treatment.columns.what')}
            </th>
            <th scope="col">{t('treatment.columns.option')}</th>
            <th scope="col">{t('treatment.columns.controls')}</th>
            <th scope="col">{t('treatment.columns.due')}</th>
            <th scope="col">{t(frozen ? 'treatment.columns.levels' : 'treatment.columns.state')}</th>
            <th scope="col">{t('treatment.columns.owner')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => {
            const risk = line['risk'] as Ref | null;
            const treatment = (frozen ? (line['treatment'] as Ref | null)?.id : line.id) ?? line.id;
            const owner = line['owner'] as Ref | null;
            return (
              <tr key={line.id}>
                <td style={{ paddingLeft: 16 }}>
                  <Go className="link plain" to={here.to('treatments', treatment)}>
                    {String(line['title'])}
                  </Go>
                  {risk === null ? null : (
                    <span className="xs dim" style={{ display: 'block' }}>
                      <Go className="link plain xs" to={here.to('risks', risk.id)}>
                        {risk.identifier}
                      </Go>{' '}
                      {risk.title}
                    </span>
                  )}
                </td>
                <td className="sm">{choiceLabel('treatments', 'option', String(line['option']))}</td>
                <td>
                  <span className="row wrap" style={{ gap: 4 }}>
                    {((line['controls'] as string[] | null) ?? []).map((control) => (
                      <span key={control} className="chip">
                        {control}
                      </span>
                    ))}
                  </span>
                </td>
                <td className="sm">
                  <DayText
                    value={line['dueDate'] as string | null}
                    due={!frozen && !['effective', 'done'].includes(String(line['state']))}
                  />
                </td>
                <td>
                  {frozen ? (
                    <span className="row" style={{ gap: 5 }}>
                      <LevelChip level={line['riskLevel'] as number | null} />
                      <span className="dim" aria-hidden="true">
                        →
                      </span>
                      <LevelChip level={line['expectedLevel'] as number | null} title={t('treatment.expected')} />
                    </span>
                  ) : (
                    <Status value={String(line['state'])} register="treatments" field="state" quiet />
                  )}
                </td>
                <td>
                  <Initials name={owner?.title ?? null} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};
