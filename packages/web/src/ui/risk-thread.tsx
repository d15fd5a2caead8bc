import { IconAlertTriangle, IconArrowsExchange, IconFileCheck, IconFolder, IconReportSearch, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { DayText } from './date-text.tsx';
import { type RecordView, useSomeRecords } from './record.ts';
import { useAbout } from './register/conformity-card.tsx';
import { type Here, useHere } from './session.tsx';
import { Thread, type ThreadNode } from './thread.tsx';
import { choiceLabel, t } from './words.ts';

interface Props {
  readonly risk: RecordView;
  readonly count?: string;
  readonly actions?: ReactNode;
  /** The page is of something else: the risk is named by what it says. */
  readonly named?: boolean;
}

/** Risk → treatment → control → SoA → evidence → finding; a gap says what is missing. */
export const RiskThread = ({ risk, count, actions, named = false }: Props) => {
  const here = useHere();
  const answers = useAnswers(risk);
  const about = useAbout('risks', risk.id);
  if (!answers.known) return null;
  const { of } = answers;
  const said = count ?? (of > 1 ? t('ui.thread.first', { of }) : undefined);
  const finding: readonly ThreadNode[] = about.data === undefined ? [] : [findingNode(about.data.items[0], about.data.items.length)];
  return (
    <Thread
      title={t('ui.thread.title')}
      nodes={[riskNode(here, risk, named), ...answerNodes(here, answers), ...finding]}
      {...(said === undefined ? {} : { count: said })}
      actions={actions}
    />
  );
};

interface Answers {
  readonly treatment: RecordView | undefined;
  readonly control: string | undefined;
  readonly entry: RecordView | undefined;
  readonly proof: RecordView | undefined;
}

/** What answers a risk: its first live treatment, that one's first control, and what the newest SoA and the evidence say of it. */
const useAnswers = (risk: RecordView): Answers & { readonly known: boolean; readonly of: number } => {
  const treatments = useSomeRecords('treatments', { risk: risk.id }, 20);
  const live = (treatments.data?.items ?? []).filter((one) => one['state'] !== 'cancelled');
  const treatment = live[0];
  const control = (treatment?.['controls'] as string[] | null | undefined)?.[0];
  const soa = useSomeRecords('soa-versions', { sort: '-versionNumber' }, 1, control !== undefined);
  const version = soa.data?.items[0];
  const entries = useSomeRecords('soa-entries', { control, soa: version?.id }, 1, control !== undefined && version !== undefined);
  const evidence = useSomeRecords('evidence', { controls: control }, 1, control !== undefined);
  return {
    known: treatments.isSuccess,
    of: live.length,
    treatment,
    control,
    entry: entries.data?.items[0],
    proof: evidence.data?.items[0],
  };
};

const icon = { size: 13, stroke: 1.75, 'aria-hidden': true } as const;

const riskNode = (here: Here, risk: RecordView, named: boolean): ThreadNode => {
  const state = choiceLabel('risks', 'state', String(risk['state']));
  return {
    kind: t('ui.thread.risk'),
    icon: <IconAlertTriangle {...icon} />,
    title: named ? String(risk['statement']) : risk.identifier,
    to: here.to('risks', risk.id),
    meta: named ? `${risk.identifier} · ${state}` : state,
  };
};

const answerNodes = (here: Here, { treatment, control, entry, proof }: Answers): readonly ThreadNode[] => [
  {
    kind: t('ui.thread.treatment'),
    icon: <IconArrowsExchange {...icon} />,
    ...(treatment === undefined
      ? { title: t('ui.thread.noTreatment') }
      : {
          title: String(treatment['title']),
          to: here.to('treatments', treatment.id),
          meta: `${treatment.identifier} · ${choiceLabel('treatments', 'state', String(treatment['state']))}`,
        }),
  },
  {
    kind: t('ui.thread.control'),
    icon: <IconShieldCheck {...icon} />,
    ...(control === undefined
      ? { title: t('ui.thread.noControl') }
      : { title: control, to: here.to('soa'), ...(entry === undefined ? {} : { meta: String(entry['title'] ?? '') }) }),
  },
  {
    kind: t('ui.thread.soa'),
    icon: <IconFileCheck {...icon} />,
    ...(entry === undefined
      ? { title: t('ui.thread.noEntry') }
      : {
          title: choiceLabel('soa-entries', 'decision', String(entry['decision'])),
          to: here.to('soa-entries', entry.id),
          meta: choiceLabel('soa-entries', 'status', String(entry['status'])),
        }),
  },
  {
    kind: t('ui.thread.evidence'),
    icon: <IconFolder {...icon} />,
    ...(proof === undefined
      ? { title: t('ui.thread.noEvidence') }
      : {
          title: String(proof['title']),
          to: here.to('evidence', proof.id),
          meta: typeof proof['validUntil'] === 'string' ? <DayText value={proof['validUntil']} due /> : null,
        }),
  },
];

const findingNode = (first: { readonly seen: string; readonly severity: string } | undefined, count: number): ThreadNode => ({
  kind: t('ui.thread.finding'),
  icon: <IconReportSearch {...icon} />,
  title: first === undefined ? t('ui.thread.noFinding') : first.seen,
  ...(first === undefined ? {} : { meta: count > 1 ? t('ui.foundN', { count }) : t(`ui.likely.${first.severity}`) }),
});
