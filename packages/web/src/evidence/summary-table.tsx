import type { EvidenceSummary } from '@aimwell/contract/evidence/endpoints';
import { countsInOrder } from '@aimwell/core/evidence/recognise/summary';
import { Card, NameValues } from '../ui/page.tsx';
import { hasWords, humanise, t } from '../ui/words.ts';

const shownSubjects = 10;
const worth = (name: string, n: number): boolean => n > 0 || ['error', 'failed', 'warning', 'tests'].includes(name);

const wordFor = (kind: string, name: string): string => {
  const key = `evidence.summary.${kind}.${name}`;
  return hasWords(key) ? t(key) : humanise(name);
};

/** What a file says by its own format: who made it, what it counted, what it is about. */
export const SummaryTable = ({ summary }: { summary: EvidenceSummary }) => {
  const { format, formatVersion, madeBy, counts, details, subjects } = summary;
  return (
    <Card title={t('evidence.summary.title')}>
      <NameValues
        rows={[
          [t('evidence.summary.format'), `${t(`evidence.summary.formats.${format}`)}${formatVersion === null ? '' : ` ${formatVersion}`}`],
          ...(madeBy === null ? [] : [[t('evidence.summary.madeBy'), madeBy] as const]),
          ...countsInOrder(counts)
            .filter(([name, n]) => worth(name, n))
            .map(
              ([name, n]) =>
                [
                  wordFor('counts', name),
                  <span key={name} className="num">
                    {n.toLocaleString('en')}
                  </span>,
                ] as const,
            ),
          ...Object.entries(details).map(
            ([name, value]) =>
              [
                wordFor('details', name),
                <span key={name} style={{ overflowWrap: 'anywhere' }}>
                  {value}
                </span>,
              ] as const,
          ),
        ]}
      />
      {subjects.length === 0 ? null : (
        <div className="stack" style={{ gap: 4, marginTop: 8 }}>
          <h3>{t('evidence.summary.subjects')}</h3>
          <ul className="stack sm" style={{ gap: 2, listStyle: 'none', padding: 0, margin: 0 }}>
            {subjects.slice(0, shownSubjects).map(({ name, sha256 }) => (
              <li key={`${name} ${sha256}`} style={{ overflowWrap: 'anywhere' }}>
                {name === '' ? t('evidence.summary.noName') : name} {sha256 === null ? null : <span className="xs dim num">{sha256}</span>}
              </li>
            ))}
          </ul>
          {subjects.length > shownSubjects ? <p className="xs dim">{t('ui.nOf', { n: shownSubjects, of: subjects.length })}</p> : null}
        </div>
      )}
      {counts['signatures'] === undefined ? null : <p className="xs dim">{t('evidence.summary.notChecked')}</p>}
    </Card>
  );
};
