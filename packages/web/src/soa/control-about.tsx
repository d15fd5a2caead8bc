import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { type CatalogItem, useCatalog } from '../ui/form/catalog.ts';
import { formatDay } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { Waiting } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

const text = (item: CatalogItem, name: string): string => (typeof item[name] === 'string' ? item[name] : '');
const texts = (item: CatalogItem, name: string): readonly string[] => (Array.isArray(item[name]) ? (item[name] as string[]) : []);

/** What a control of Annex A is for, what an auditor asks about it, and what shows it; with source, date and confidence of these words. */
export const ControlAbout = ({ row }: { row: SoaRow }) => {
  const here = useHere();
  const list = useCatalog('controls', row.ownControl === null);
  if (row.ownControl !== null)
    return (
      <p className="sm">
        {t('soa.panel.own')}{' '}
        <Go className="link in-text" to={here.to('controls', row.ownControl.id)}>
          {row.ownControl.identifier}
        </Go>
      </p>
    );
  const item = list.data?.find(({ id }) => id === row.control);
  if (item === undefined) return list.isPending ? <Waiting lines={3} /> : null;
  return (
    <>
      <section className="stack" style={{ gap: 6 }} aria-labelledby="purpose">
        <h3 id="purpose">{t('soa.panel.purpose')}</h3>
        <p className="sm">{text(item, 'purpose')}</p>
      </section>
      <Lines id="asks" title={t('soa.panel.asks')} lines={texts(item, 'questions')} />
      <Lines id="shows" title={t('soa.panel.shows')} lines={texts(item, 'evidence')} />
      <section className="stack" style={{ gap: 6 }} aria-labelledby="also">
        <h3 id="also">{t('soa.panel.also')}</h3>
        <div className="row wrap" style={{ gap: 4 }}>
          {texts(item, 'iso27001').map((one) => (
            <span key={one} className="chip">
              ISO/IEC 27001 {one}
            </span>
          ))}
          {texts(item, 'nistAiRmf').map((one) => (
            <span key={one} className="chip">
              NIST AI RMF {one}
            </span>
          ))}
        </div>
        <p className="xs dim">
          {t('soa.panel.source', {
            source: text(item, 'source'),
            day: formatDay(text(item, 'verified')),
            confidence: text(item, 'confidence'),
          })}
        </p>
      </section>
    </>
  );
};

const Lines = ({ id, title, lines }: { id: string; title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <section aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <ul className="soa-lines sm">
        {lines.map((line) => (
          <li key={line}>{line.charAt(0).toUpperCase() + line.slice(1)}</li>
        ))}
      </ul>
    </section>
  );
