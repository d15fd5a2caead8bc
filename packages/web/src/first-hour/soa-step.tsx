import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hasCode, request } from '../ui/api.ts';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { type Page, type RecordView, sendWrite, useSomeRecords } from '../ui/record.ts';
import { type Here, useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { StepFrame, type StepProps } from './step.tsx';

/** A draft of the Statement of Applicability with the reasons the records give, and of the treatment plan it will rest on. */
const writeDrafts = async (here: Here): Promise<void> => {
  const plans: Page = await request('GET', here.api('treatment-plans'), { query: { limit: 1, sort: '-identifier' } });
  const plan = plans.items[0] ?? (await request<RecordView>('POST', here.api('treatment-plans'), { body: {} }));
  const version = await request<RecordView>('POST', here.api('soa-versions'), { body: { treatmentPlan: plan.id } });
  await sendWrite(here, 'soa-versions', { kind: 'command', id: version.id, version: version.version, command: 'suggest', input: {} });
};

export const SoaStep = (props: StepProps) => {
  const here = useHere();
  const cache = useQueryClient();
  const versions = useSomeRecords('soa-versions', {}, 1);
  const any = (versions.data?.items.length ?? 0) > 0;
  const write = useMutation({ mutationFn: () => writeDrafts(here), onSettled: () => cache.invalidateQueries({ queryKey: [here.slug] }) });
  const soa = useQuery({
    queryKey: [here.slug, 'soa', 'first-hour'],
    enabled: any,
    queryFn: ({ signal }) => request<SoaView>('GET', here.api('soa'), { signal }),
  });
  return (
    <StepFrame
      {...props}
      step="soa"
      lead={t('first-hour.steps.soa.lead')}
      error={versions.error ?? soa.error ?? (hasCode(write.error, 'REFUSED') && any ? null : write.error)}
      {...(any ? {} : { verb: t('first-hour.writeSoa'), onNext: () => write.mutate(), busy: props.busy || write.isPending })}
    >
      {versions.isPending || (any && soa.data === undefined && !soa.isError) ? (
        <Waiting />
      ) : soa.data === undefined ? (
        <p className="fh-note">{t('first-hour.soaWill')}</p>
      ) : (
        <Decided soa={soa.data} />
      )}
    </StepFrame>
  );
};

const Decided = ({ soa }: { soa: SoaView }) => {
  const here = useHere();
  const reasoned = soa.rows.filter(({ reasons }) => reasons.length > 0);
  return (
    <div className="stack" style={{ gap: 16 }}>
      <p>
        {t('first-hour.soaCounts', {
          included: soa.counts.included,
          undecided: soa.counts.undecided,
          total: soa.counts.total,
          reasoned: reasoned.length,
        })}{' '}
        <Go className="link" to={here.to('soa-versions')}>
          {t('first-hour.openSoa')}
        </Go>
      </p>
      <Card title={t('first-hour.withReason')} count={reasoned.length} flush>
        {reasoned.length === 0 ? (
          <p className="body sm mut">{t('first-hour.noReasons')}</p>
        ) : (
          <ul className="fh-lines">
            {reasoned.map((row) => (
              <li key={row.id} className="fh-line tall">
                <span className="id">{row.control}</span>
                <div className="grow">
                  <div className="m">{row.title}</div>
                  <div className="sm mut">
                    {row.reasons.map((reason) => choiceLabel('soa-entries', 'reasons', reason)).join(', ')}
                    {row.risks.length === 0 ? '' : `: ${row.risks.map(({ identifier, title }) => `${identifier} ${title}`).join('; ')}`}
                  </div>
                </div>
                <Status value={row.decision} register="soa-entries" field="decision" />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('first-hour.areas')} flush>
        <ul className="fh-lines">
          {soa.areas.map((area) => (
            <li key={area.id} className="fh-line">
              <span className="id">{area.id}</span>
              <span className="grow ell">{area.title}</span>
              <span className="sm mut num">
                {t('first-hour.areaCounts', {
                  included: area.counts.included,
                  excluded: area.counts.excluded,
                  undecided: area.counts.undecided,
                })}
              </span>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
};
