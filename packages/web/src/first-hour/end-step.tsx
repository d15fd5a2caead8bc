import { IconDownload } from '@tabler/icons-react';
import { Card } from '../ui/page.tsx';
import { useRouter } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { request } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import type { ReportInfo } from '@aimwell/contract/reports/endpoints';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { StepFrame, type StepProps } from './step.tsx';

const shown = ['soa', 'treatment-plan', 'scope', 'risk-register'] as const;

/** What the hour has made, to take away as documents; then home, where the next five steps stand. */
export const EndStep = (props: StepProps) => {
  const here = useHere();
  const router = useRouter();
  const found = useQuery({
    queryKey: [here.slug, 'reports'],
    queryFn: ({ signal }) => request<{ items: ReportInfo[] }>('GET', here.api('reports'), { signal }),
  });
  const reports = shown.flatMap((name) => found.data?.items.filter(({ report }) => report === name) ?? []);
  const href = ({ report, versions }: ReportInfo, format: string) =>
    `${here.api('reports', report)}?format=${format}${versions.length === 0 ? '' : '&version=latest'}`;
  return (
    <StepFrame
      {...props}
      step="end"
      lead={t('first-hour.steps.end.lead')}
      verb={t('first-hour.goHome')}
      onNext={() => {
        void router.navigate({ to: here.to() as '/' });
      }}
    >
      <Card title={t('first-hour.documents')} flush>
        <ProblemView
          error={found.error}
          onRetry={() => {
            void found.refetch();
          }}
        />
        <ul className="fh-lines">
          {reports.map((info) => (
            <li key={info.report} className="fh-line tall">
              <div className="grow">
                <div className="m">{info.title}</div>
                <div className="sm mut">{info.missing ?? info.about}</div>
              </div>
              {info.missing !== null ? null : (
                <div className="row wrap" style={{ gap: 12 }}>
                  {info.formats.map((format) => (
                    <a
                      key={format}
                      className="link row sm"
                      style={{ gap: 4 }}
                      download
                      href={href(info, format)}
                      aria-label={t('first-hour.download', { what: info.title, format: format.toUpperCase() })}
                    >
                      <IconDownload size={15} stroke={1.75} aria-hidden />
                      {format.toUpperCase()}
                    </a>
                  ))}
                </div>
              )}
            </li>
          ))}
        </ul>
      </Card>
      <p className="sm mut">{t('first-hour.draftsSaySo')}</p>
    </StepFrame>
  );
};
