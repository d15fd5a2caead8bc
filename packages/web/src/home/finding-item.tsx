import type { ConformityFinding, FoundRecord } from '@aimwell/contract/conformity/endpoints';
import { Button } from '@mantine/core';
import { IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay } from '../ui/dates.ts';
import { Go } from '../ui/link.tsx';
import { Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { LikelyText, SeverityShape } from '../ui/register/conformity-card.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useFoundRecords } from './calls.ts';
import { remedyLink } from './remedy.ts';

const few = 5;

/** One finding: how grave, against what, what was seen, what to do, and the records. `open` shows all of them. */
export const FindingItem = ({ finding, open }: { finding: ConformityFinding; open: boolean }) => {
  const here = useHere();
  const absent = finding.records.length === 0 ? remedyLink(here, finding) : undefined;
  return (
    <article className="finding" aria-label={finding.title}>
      <span style={{ paddingTop: 3 }}>
        <SeverityShape severity={finding.severity} size={14} />
      </span>
      <div className="in">
        <div>
          <h3 style={{ fontSize: 14, lineHeight: '20px' }}>{finding.title}</h3>
          <div className="xs dim">
            <LikelyText severity={finding.severity} />
            {finding.population === 0
              ? ''
              : ` · ${t('home.ofRecords', { affected: finding.affected, population: finding.population })}`} ·{' '}
            {t('ui.since', { date: formatDay(finding.since) })} · {finding.rule}
          </div>
        </div>
        <div className="sm">{finding.seen}</div>
        <div className="remedy sm">
          <IconTool size={15} stroke={1.75} aria-label={t('home.remedy')} className="t-acc" style={{ marginTop: 1 }} />
          <span>{finding.remedy}</span>
        </div>
        {absent === undefined || absent.to.includes('/conformity') ? null : (
          <div>
            <Go className="go-btn" to={absent.to}>
              {absent.label}
            </Go>
          </div>
        )}
        {finding.records.length === 0 ? null : <Records finding={finding} open={open} />}
        <div className="xs dim">
          {t('home.basis', { basis: finding.basis })}
          {finding.restsOn === null ? '' : ` ${t('home.restsOn')}`}
        </div>
      </div>
    </article>
  );
};

const Records = ({ finding, open }: { finding: ConformityFinding; open: boolean }) => {
  const [all, setAll] = useState(open);
  const pages = useFoundRecords(finding.rule, all && finding.affected > finding.records.length);
  const loaded = pages.data?.pages.flatMap(({ items }) => items);
  const items = all ? (loaded ?? finding.records) : finding.records.slice(0, few);
  return (
    <div>
      <ul className="found">
        {items.map((record) => (
          <RecordLine key={record.id} record={record} />
        ))}
      </ul>
      <ProblemView
        error={pages.error}
        onRetry={() => {
          void pages.refetch();
        }}
      />
      {pages.isLoading ? <Waiting lines={2} /> : null}
      {!all && finding.affected > few ? (
        <button type="button" className="link sm" onClick={() => setAll(true)}>
          {t('home.allRecords', { count: finding.affected })}
        </button>
      ) : null}
      {all && pages.hasNextPage ? (
        <Button
          size="xs"
          mt={8}
          loading={pages.isFetchingNextPage}
          onClick={() => {
            void pages.fetchNextPage();
          }}
        >
          {t('home.moreRecords', { shown: items.length, count: finding.affected })}
        </Button>
      ) : null}
    </div>
  );
};

const RecordLine = ({ record }: { record: FoundRecord }) => {
  const here = useHere();
  return (
    <li>
      <span className="id">{record.identifier}</span>
      <Go className="link plain hov" to={here.to(record.register, record.id)}>
        {record.title}
      </Go>
      <span className="mut">{record.seen}</span>
    </li>
  );
};
