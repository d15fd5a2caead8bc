import type { Who } from './cast.ts';

/** A rating of one view on consequence, or why nobody there bears one. */
type View = number | string;

export interface Told {
  readonly key: string;
  readonly statement: string;
  readonly kind?: 'risk' | 'opportunity';
  readonly system?: string;
  readonly source?: string;
  readonly causeAndEvent?: string;
  readonly owner: Who;
  readonly pursuit?: 'pursue' | 'not_pursue';
  readonly pursuitReason?: string;
  readonly rating?: {
    readonly likelihood: number;
    readonly why?: string;
    readonly organisation: View;
    readonly individuals: View;
    readonly societies: View;
  };
  readonly acceptedBecause?: string;
  /** `due` in days from the first of month 4. */
  readonly treatment?: {
    readonly title: string;
    readonly option: 'modify' | 'retain' | 'avoid' | 'share';
    readonly description?: string;
    readonly controls?: readonly string[];
    readonly owner?: Who;
    readonly resources?: string;
    readonly due?: number;
    readonly expected?: number;
    readonly effectivenessMeasure?: string;
  };
  /** Came up after the plan was approved. */
  readonly late?: true;
}

const noSociety = 'Used inside single companies; nothing reaches the public.';
const nobody = 'No person is scored, and nobody acts on it without a check.';

/** The risks of the story's fourth month. */
export const toldRisks: readonly Told[] = [
  {
    key: 'drift',
    statement: 'The forecast fades unnoticed and customers order too much or too little',
    system: 'forecast',
    source: 'RS-MODEL-DRIFT',
    owner: 'analytics',
    causeAndEvent: 'Buying habits change, and nobody compares forecast and sales between the yearly reviews.',
    rating: { likelihood: 4, why: 'Happened twice last year.', organisation: 4, individuals: nobody, societies: noSociety },
    treatment: {
      title: 'Weekly comparison of forecast and sales with an alarm',
      option: 'modify',
      controls: ['A.6.2.6', 'A.6.2.4'],
      resources: 'Four days of an engineer',
      due: 75,
      effectivenessMeasure: 'Alarm within a week of a planted shift',
    },
  },
  {
    key: 'invented',
    statement: 'Reports state figures that are not in the data',
    system: 'narrator',
    source: 'RS-MODEL-OUTPUT',
    owner: 'assistant',
    causeAndEvent: 'The language model invents a figure, and the controller releases the text unread.',
    rating: { likelihood: 4, organisation: 4, individuals: 2, societies: noSociety },
    treatment: {
      title: 'Every figure in a text is looked up in the report before release',
      option: 'modify',
      controls: ['A.6.2.4', 'A.6.2.6', 'A.9.2'],
      resources: 'Ten days of an engineer',
      due: 28,
      effectivenessMeasure: 'No invented figure in 500 sampled reports',
    },
  },
  {
    key: 'unequal',
    statement: 'Churn scores are less accurate for some groups of end customers, who are then called less',
    system: 'churn',
    source: 'RS-MODEL-DISPARITY',
    owner: 'analytics',
    rating: { likelihood: 3, organisation: 3, individuals: 4, societies: 2 },
    treatment: {
      title: 'Compare errors between groups before each release',
      option: 'modify',
      controls: ['A.5.4', 'A.7.4', 'A.6.2.4'],
      owner: 'contributor',
      resources: 'Six days of an engineer',
      due: 90,
      effectivenessMeasure: 'Largest difference of error below 5 points',
    },
  },
  {
    key: 'personal',
    statement: 'Personal data of end customers stays in training data after a contract has ended',
    system: 'churn',
    source: 'RS-DATA-PRIVACY',
    owner: 'analytics',
    rating: { likelihood: 3, organisation: 4, individuals: 4, societies: noSociety },
    treatment: {
      title: 'Delete training copies with the contract and log it',
      option: 'modify',
      controls: ['A.7.2', 'A.7.3', 'A.7.5'],
      owner: 'contributor',
      resources: 'Eight days of an engineer',
      due: 100,
      effectivenessMeasure: 'No copy older than 30 days after the end of a contract',
    },
  },
  {
    key: 'supplier',
    statement: 'The supplier changes the language model without notice and answers get worse',
    system: 'assistant',
    source: 'RS-MODEL-CHANGE',
    owner: 'assistant',
    rating: { likelihood: 4, organisation: 3, individuals: 2, societies: noSociety },
    treatment: {
      title: 'Fixed model versions by contract, and a test set run each night',
      option: 'modify',
      controls: ['A.10.3', 'A.6.2.4'],
      resources: 'Contract change; three days of an engineer',
      due: 60,
      effectivenessMeasure: 'Each change is noticed within a day',
    },
  },
  {
    key: 'injection',
    statement: 'Text hidden in a ticket makes the assistant disclose data of another customer',
    system: 'triage',
    source: 'RS-SECURITY-INPUT',
    owner: 'assistant',
    rating: { likelihood: 3, organisation: 5, individuals: 4, societies: noSociety },
    treatment: {
      title: 'Separate access for each customer, and attack tests before each release',
      option: 'modify',
      controls: ['A.6.2.4', 'A.6.2.5', 'A.6.2.8'],
      resources: 'Security team, five days',
      due: 45,
      effectivenessMeasure: 'No attack of the test catalog succeeds',
      expected: 1,
    },
  },
  {
    key: 'hiring',
    statement: 'Suitable applicants are ranked low because people like them are missing in the data',
    system: 'screening',
    source: 'RS-DATA-COVERAGE',
    owner: 'assistant',
    rating: { likelihood: 3, organisation: 3, individuals: 5, societies: 3 },
    treatment: {
      title: 'The pilot stays suspended until its impact has been assessed',
      option: 'avoid',
      description: 'Recruiters read all applications themselves meanwhile.',
      controls: ['A.5.2', 'A.5.4'],
      owner: 'concern',
      resources: 'None',
      due: 40,
    },
  },
  {
    key: 'untold',
    statement: 'Readers do not know that AI wrote a report',
    system: 'narrator',
    source: 'RS-USE-TRANSPARENCY',
    owner: 'assistant',
    rating: { likelihood: 4, organisation: 3, individuals: 2, societies: 2 },
    treatment: {
      title: 'A note under each report says that AI wrote it',
      option: 'modify',
      controls: ['A.8.2'],
      resources: 'One day of an engineer',
      due: 24,
      effectivenessMeasure: 'All sampled reports carry the note',
      expected: 1,
    },
  },
  {
    key: 'outage',
    statement: 'The language model cannot be reached and answers stop for hours',
    system: 'assistant',
    source: 'RS-SECURITY-OUTAGE',
    owner: 'assistant',
    rating: { likelihood: 4, organisation: 3, individuals: 'Nobody depends on an answer within hours.', societies: noSociety },
    treatment: {
      title: 'Kept as it is until a second supplier is found',
      option: 'retain',
      description: 'A second supplier costs more than the outages; customers are told that answers may pause.',
    },
  },
  {
    key: 'reliance',
    statement: 'Controllers rely on alerts and stop looking for themselves',
    system: 'anomaly',
    source: 'RS-OVERSIGHT-RELIANCE',
    owner: 'analytics',
    acceptedBecause: 'Alerts say how many anomalies they are likely to miss; customers confirmed that they still look.',
    rating: { likelihood: 3, organisation: 3, individuals: nobody, societies: noSociety },
  },
  {
    key: 'opaque',
    statement: 'Nobody can say afterwards why an end customer got a score',
    system: 'churn',
    source: 'RS-MODEL-OPACITY',
    owner: 'analytics',
    rating: { likelihood: 3, organisation: 2, individuals: 3, societies: noSociety },
  },
  {
    key: 'pricing',
    statement: 'Suggested prices move in step with those of competitors',
    system: 'pricing',
    source: 'RS-LIFECYCLE-PURPOSE',
    owner: 'analytics',
  },
  {
    key: 'shadow',
    statement: 'Employees paste customer data into public AI services',
    source: 'RS-USE-SHADOW',
    owner: 'aims',
    late: true,
    causeAndEvent: 'Told by several people in the first training.',
    rating: { likelihood: 4, organisation: 4, individuals: 3, societies: noSociety },
  },
  {
    key: 'languages',
    kind: 'opportunity',
    statement: 'Answers in every language of the European Union open new markets',
    system: 'assistant',
    owner: 'assistant',
    pursuit: 'pursue',
    pursuitReason: 'Two customers asked for it; quality is to be shown per language first.',
    rating: { likelihood: 3, organisation: 3, individuals: 1, societies: noSociety },
  },
];
