import type { conformityEndpoints } from '@aimwell/contract/conformity/endpoints';
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { request } from '../api.ts';
import { formatDay } from '../dates.ts';
import { Card } from '../page.tsx';
import { useHere } from '../session.tsx';
import { Shape, type ShapeKind, type Tone } from '../shapes.tsx';
import { t } from '../words.ts';

type About = z.infer<typeof conformityEndpoints.about.response>;
export type Severity = About['items'][number]['severity'];

const looks: Readonly<Record<Severity, readonly [ShapeKind, Tone]>> = {
  major: ['diamond', 'bad'],
  minor: ['triangle', 'warn'],
  observation: ['ring', 'note'],
};

/** The shape of a predicted finding; `LikelyText` is its word. */
export const SeverityShape = ({ severity, size }: { severity: Severity; size?: number }) => (
  <Shape kind={looks[severity][0]} tone={looks[severity][1]} {...(size === undefined ? {} : { size })} />
);
export const LikelyText = ({ severity }: { severity: Severity }) => (
  <span className={`m t-${looks[severity][1]}`}>{t(`ui.likely.${severity}`)}</span>
);

/** The predictions about one record; asked only of those who may read them. */
export const useAbout = (register: string, id: string) => {
  const here = useHere();
  return useQuery({
    queryKey: [here.slug, 'conformity', 'about', register, id],
    enabled: here.may('conformity.read'),
    retry: false,
    queryFn: ({ signal }) => request<About>('GET', here.api('conformity', 'about', register, id), { signal }),
  });
};

/** What the rules say about one record, and why. Predictions: a person raises a finding. */
export const ConformityCard = ({ register, id }: { register: string; id: string }) => {
  const about = useAbout(register, id);
  if (about.data === undefined) return null;
  const { items } = about.data;
  return (
    <Card title={t('ui.conformity')} count={items.length === 0 ? undefined : t('ui.foundN', { count: items.length })}>
      {items.length === 0 ? (
        <p className="sm mut">{t('ui.conformityClean')}</p>
      ) : (
        <div className="col" style={{ gap: 12 }}>
          {items.map((one) => (
            <Said key={one.rule} item={one} />
          ))}
        </div>
      )}
    </Card>
  );
};

const Said = ({ item }: { item: About['items'][number] }) => (
  <div className="row sm" style={{ alignItems: 'flex-start' }}>
    <span style={{ paddingTop: 3 }}>
      <SeverityShape severity={item.severity} />
    </span>
    <div style={{ minWidth: 0 }}>
      <div className="m cap">{item.seen}</div>
      <div className="xs dim">
        <LikelyText severity={item.severity} />
        {item.refs.length === 0 ? '' : ` · ${item.refs.join(', ')}`} · {item.rule} · {t('ui.since', { date: formatDay(item.since) })}
      </div>
      <div className="mut">{item.remedy}</div>
    </div>
  </div>
);
