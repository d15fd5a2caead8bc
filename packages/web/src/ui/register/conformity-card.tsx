import { useQuery } from '@tanstack/react-query';
import { hasCode, request } from '../api.ts';
import { formatDay } from '../dates.ts';
import { Card } from '../page.tsx';
import { useHere } from '../session.tsx';
import { StatusShape } from '../status.tsx';
import { t } from '../words.ts';

interface Said { readonly rule: string; readonly title: string; readonly verdict: string; readonly severity?: string | null; readonly seen?: string | null; readonly remedy?: string | null; readonly basis?: readonly string[] | string | null; readonly since?: string | null }

/** What the rules say about one record, and why. Predictions: a person raises a finding. */
export const ConformityCard = ({ register, id }: { register: string; id: string }) => {
  const here = useHere();
  const may = here.may('conformity.read');
  const about = useQuery({
    queryKey: [here.slug, 'conformity', 'about', register, id], enabled: may, retry: false,
    queryFn: ({ signal }) => request<{ items?: readonly Said[]; rules?: readonly Said[] }>('GET', here.api('conformity', 'about', register, id), { signal }),
  });
  if (!may || hasCode(about.error, 'NOT_FOUND') || about.data === undefined) return null;
  const all = about.data.items ?? about.data.rules ?? [];
  const found = all.filter(({ verdict }) => verdict === 'finding');
  const met = all.filter(({ verdict }) => verdict === 'met').length;
  if (all.length === 0) return null;
  return (
    <Card title={t('ui.conformity')} count={t('ui.conformityCount', { met, found: found.length })}>
      {found.length === 0 ? <p className="sm mut">{t('ui.conformityClean', { count: met })}</p> : null}
      <div className="col" style={{ gap: 12 }}>{found.map((one) => <SaidByRule key={one.rule} said={one} />)}</div>
    </Card>
  );
};

const SaidByRule = ({ said }: { said: Said }) => (
  <div className="row sm" style={{ alignItems: 'flex-start' }}>
    <span style={{ paddingTop: 3 }}><StatusShape value={said.severity ?? 'observation'} /></span>
    <div>
      <div className="m">{said.seen ?? said.title}</div>
      <div className="xs dim">{said.severity === null || said.severity === undefined ? null : <span className="m">{t(`ui.likely.${said.severity}`)} · </span>}{[said.basis].flat().filter(Boolean).join(', ')} · {said.rule}{said.since === null || said.since === undefined ? null : ` · ${t('ui.since', { date: formatDay(said.since) })}`}</div>
      {said.remedy === null || said.remedy === undefined ? null : <div className="mut">{said.remedy}</div>}
    </div>
  </div>
);
