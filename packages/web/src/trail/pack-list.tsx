import type { PackView } from '@aimwell/contract/platform/pack';
import { useQuery } from '@tanstack/react-query';
import { IconDownload } from '@tabler/icons-react';
import { request } from '../ui/api.ts';
import { MomentText } from '../ui/date-text.tsx';
import { formatBytes } from '../ui/dates.ts';
import { Card, Empty, Waiting } from '../ui/page.tsx';
import { momentWords } from '../ui/past.ts';
import { ProblemView } from '../ui/problem.tsx';
import { Hex } from '../ui/proof/hex.tsx';
import { type Here, useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

export const packsKey = (here: Here): readonly string[] => [here.slug, 'packs'];

/** Whoever makes packs sees all of them; others may see none although there are some. */
const NoPack = ({ makes }: { makes: boolean }) =>
  makes ? (
    <Empty title={t('trail.packs.none')}>{t('trail.packs.noneHelp')}</Empty>
  ) : (
    <Empty title={t('trail.packs.noneForYou')}>{t('trail.packs.noneForYouHelp')}</Empty>
  );

/** Packs that were made: who, when, of what, and the file. */
export const PackList = () => {
  const here = useHere();
  const packs = useQuery({
    queryKey: packsKey(here),
    queryFn: ({ signal }) => request<{ items: readonly PackView[] }>('GET', here.apiNow('packs'), { signal }),
  });
  const items = packs.data?.items ?? [];
  return (
    <Card title={t('trail.packs.made')} count={items.length === 0 ? undefined : items.length} flush>
      {packs.isPending ? <Waiting lines={3} /> : null}
      <ProblemView error={packs.error} onRetry={() => void packs.refetch()} />
      {packs.data !== undefined && items.length === 0 ? <NoPack makes={here.may('pack.make')} /> : null}
      <ul className="packs">
        {items.map((pack) => (
          <Pack key={pack.id} pack={pack} />
        ))}
      </ul>
    </Card>
  );
};

const Pack = ({ pack }: { pack: PackView }) => {
  const here = useHere();
  const notes = [
    t('trail.packs.entries', { count: pack.entries }),
    t('trail.packs.files', { count: pack.files }),
    ...(pack.leftOut === 0 ? [] : [t('trail.packs.leftOut', { count: pack.leftOut })]),
    t('trail.packs.under', { size: pack.checkpointSize.toLocaleString('en') }),
    ...(pack.timeStamped ? [t('trail.packs.stamped')] : []),
    ...(pack.shared ? [t('trail.packs.isShared')] : []),
  ];
  return (
    <li>
      <div className="grow" style={{ minWidth: 0 }}>
        <div className="m">
          {scopeWords(pack.scope)}
          {pack.asOf === null ? null : (
            <span className="mut">, {t('trail.past.asOf', { moment: momentWords(pack.asOf) }).replace(/:$/u, '')}</span>
          )}
        </div>
        <div className="sm mut">{notes.join(' · ')}</div>
        <div className="xs dim">
          {pack.madeBy?.title ?? t('ui.theProduct')} · <MomentText value={pack.madeAt} />
        </div>
        <div className="xs dim">
          SHA-256 <Hex value={pack.sha256} />
        </div>
      </div>
      {pack.available ? (
        <a className="link row sm nw" style={{ gap: 6 }} href={here.apiNow('packs', pack.id, 'file')} download>
          <IconDownload size={15} stroke={1.75} aria-hidden />
          {t('trail.packs.download', { size: formatBytes(pack.bytes) })}
        </a>
      ) : (
        <span className="xs dim">{t('trail.packs.gone')}</span>
      )}
    </li>
  );
};

/** `all`, `soa` or `system:SYS-0001` in words. */
const scopeWords = (scope: string): string => {
  const [kind = '', id] = scope.split(':');
  if (kind === 'system') return t('trail.packs.ofSystem', { id });
  return kind === 'all' || kind === 'soa' ? t(`trail.packs.scopes.${kind}.label`) : scope;
};
