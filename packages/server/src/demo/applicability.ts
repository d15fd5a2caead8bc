import { controlTests, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { evidence } from '@aimwell/contract/evidence/evidence';
import type { Row } from '../platform/register/columns.ts';
import type { Who } from './cast.ts';
import { daysAfter } from './calendar.ts';
import type { Story } from './story.ts';

type Status = 'not_started' | 'planned' | 'in_progress' | 'implemented';

/** How far each control was at the end of month 4; what is not named here was planned. */
const standing: Readonly<Record<string, readonly [Status, Who]>> = {
  'A.2.2': ['in_progress', 'aims'],
  'A.3.2': ['implemented', 'aims'],
  'A.3.3': ['implemented', 'concern'],
  'A.4.2': ['implemented', 'aims'],
  'A.4.3': ['in_progress', 'contributor'],
  'A.4.4': ['implemented', 'contributor'],
  'A.4.5': ['implemented', 'technology'],
  'A.4.6': ['in_progress', 'aims'],
  'A.5.2': ['in_progress', 'concern'],
  'A.5.4': ['not_started', 'concern'],
  'A.6.1.3': ['in_progress', 'technology'],
  'A.6.2.2': ['implemented', 'analytics'],
  'A.6.2.4': ['in_progress', 'contributor'],
  'A.6.2.5': ['implemented', 'technology'],
  'A.6.2.6': ['in_progress', 'analytics'],
  'A.6.2.8': ['implemented', 'technology'],
  'A.7.4': ['in_progress', 'contributor'],
  'A.7.5': ['not_started', 'contributor'],
  'A.8.2': ['implemented', 'assistant'],
  'A.8.4': ['implemented', 'reader'],
  'A.9.2': ['in_progress', 'aims'],
  'A.9.4': ['implemented', 'assistant'],
  'A.10.3': ['in_progress', 'assistant'],
  'A.10.4': ['implemented', 'reader'],
};

const excluded: Readonly<Record<string, string>> = {
  'A.5.5':
    'Products are used inside single companies and reach no public; effects on society were looked at in each risk assessment and are negligible. Looked at again with each new product.',
};

/** Why a control that no risk and no law calls for was included. */
const chosen = (control: string, objective: string | undefined): Readonly<Record<string, unknown>> => {
  if (/^A\.(6\.1\.2|9\.3|4\.6)$/.test(control))
    return {
      reasons: ['objective'],
      objectives: objective === undefined ? [] : [objective],
      justification: 'Needed to reach the objectives for AI.',
    };
  if (/^A\.(8\.4|10\.[24])$/.test(control))
    return { reasons: ['contract'], contracts: 'General terms with business customers, AI annex', justification: 'Promised to customers.' };
  return { reasons: ['own_choice'], justification: 'Good practice for a provider of AI products, and expected by customers in tenders.' };
};

const decided = (story: Story, entry: Row, objective: string | undefined): Readonly<Record<string, unknown>> => {
  const control = String(entry['control']);
  const exclusion = excluded[control];
  if (exclusion !== undefined)
    return { decision: 'excluded', reasons: [], risks: [], laws: null, justification: exclusion, status: 'not_applicable' };
  const [status, owner] = standing[control] ?? (['planned', 'aims'] as const);
  const reasoned = (entry['reasons'] as readonly string[]).length > 0;
  return {
    ...(reasoned ? { linksConfirmed: true } : chosen(control, objective)),
    decision: 'included',
    status,
    owner: story.people[owner],
    // The policy was promised for the end of month 4 and is late.
    targetDate: status === 'implemented' ? null : control === 'A.2.2' ? story.on(4, 30) : daysAfter(story.on(4, 1), 90),
  };
};

/** Month 4: the Statement of Applicability that management approved, and the draft that follows it. */
export const tellApplicability = async (story: Story, objectives: readonly string[]): Promise<void> => {
  const { on } = story;
  const version = await story.create('risk', soaVersions, {
    ownControlsStatement: 'The controls of Annex A suffice for the present treatments; none of our own is needed.',
  });
  await story.run('risk', soaVersions, version.id, 'suggest');
  const entries = await story.find(soaEntries, { soa: version.id });
  await story.change(
    'risk',
    soaEntries,
    entries.map((entry) => ({ id: entry.id, set: decided(story, entry, objectives[0]) })),
  );
  await story.run('aims', soaVersions, version.id, 'submit');
  await story.run('director', soaVersions, version.id, 'approve', { happenedOn: on(4, 24) });
  // Somebody has begun the next version and left out a control that an open treatment needs: the draft shows it.
  const draft = await story.create('risk', soaVersions, { note: 'Draft: purchasing would like to handle AI suppliers with all others.' });
  const [suppliers] = await story.find(soaEntries, { soa: draft.id, control: 'A.10.3' });
  if (suppliers !== undefined)
    await story.change('risk', soaEntries, [
      { id: suppliers.id, set: { decision: 'excluded', justification: 'Purchasing handles all suppliers alike.' } },
    ]);
};

/** Evidence and tests as they lay at the end of month 4: much of it good, some of it stale or missing. */
export const tellProof = async (story: Story, systems: Readonly<Record<string, string>>): Promise<void> => {
  const { on, people } = story;
  const held = { kind: 'statement', owner: people.aims } as const;
  await story.createAll('aims', evidence, [
    {
      ...held,
      title: 'Gap assessment report',
      description: 'Five gaps with priorities: policy and risk assessment critical, documentation high, training medium.',
      requirements: ['4.1-1', '4.1-2'],
      collectedOn: on(2, 24),
    },
    {
      ...held,
      title: 'AI policy, draft',
      description: 'Written in month 3; not approved yet.',
      requirements: ['5.2-1'],
      controls: ['A.2.2'],
      collectedOn: on(3, 25),
    },
    { ...held, title: 'Roles and responsibilities, list', controls: ['A.3.2'], requirements: ['5.3-1'], collectedOn: on(3, 19) },
    { ...held, title: 'Channel for concerns, announcement', controls: ['A.3.3'], collectedOn: on(3, 27), owner: people.concern },
    {
      ...held,
      title: 'Inventory of AI systems',
      controls: ['A.4.2'],
      requirements: ['4.1-4'],
      systems: Object.values(systems),
      collectedOn: on(3, 5),
    },
    {
      ...held,
      title: 'Tools and libraries, list of versions',
      controls: ['A.4.4', 'A.4.5'],
      collectedOn: on(2, 18),
      owner: people.contributor,
    },
    {
      ...held,
      title: 'Requirements of Demand Forecast',
      controls: ['A.6.2.2'],
      systems: [systems['forecast']],
      collectedOn: on(3, 20),
      owner: people.analytics,
    },
    { ...held, title: 'Release checklist, last three releases', controls: ['A.6.2.5'], collectedOn: on(4, 10), owner: people.technology },
    {
      ...held,
      title: 'Event log, extract',
      controls: ['A.6.2.8'],
      systems: [systems['assistant']],
      collectedOn: on(4, 12),
      validUntil: on(4, 26),
      owner: people.technology,
    },
    { ...held, title: 'Procedure for risk assessment', requirements: ['6.1.2-1', '6.1.2-8'], collectedOn: on(4, 3), owner: people.risk },
    {
      ...held,
      title: 'Template for impact assessments',
      controls: ['A.5.2'],
      requirements: ['6.1.4-1'],
      collectedOn: on(4, 13),
      owner: people.concern,
    },
    {
      ...held,
      title: 'First AI training, attendance',
      description: 'Fourteen of thirty-one people; the others follow in month 5.',
      requirements: ['7.2-2', '7.3-1'],
      controls: ['A.4.6'],
      collectedOn: on(4, 25),
    },
    { ...held, title: 'Incident procedure of the service desk', controls: ['A.8.4'], collectedOn: on(3, 30), owner: people.reader },
    { ...held, title: 'AI annex to the general terms', controls: ['A.10.4', 'A.9.4'], collectedOn: on(3, 31), owner: people.reader },
  ]);
  const test = { tester: people.auditor } as const;
  await story.createAll('contributor', controlTests, [
    {
      ...test,
      title: 'Are all roles held and accepted',
      control: 'A.3.2',
      testedOn: on(4, 22),
      outcome: 'partly_effective',
      method: 'List against acceptances',
      note: 'Impact assessments: not accepted yet.',
      nextDue: daysAfter(on(4, 22), 180),
    },
    {
      ...test,
      title: 'Does a concern reach the concern officer',
      control: 'A.3.3',
      testedOn: on(4, 23),
      outcome: 'effective',
      method: 'Planted concern',
      nextDue: daysAfter(on(4, 23), 180),
    },
    {
      ...test,
      title: 'Is every system in the inventory',
      control: 'A.4.2',
      testedOn: on(4, 21),
      outcome: 'effective',
      method: 'Ten bills of suppliers against the register',
      nextDue: daysAfter(on(4, 21), 180),
    },
    {
      ...test,
      title: 'Release checklist used',
      control: 'A.6.2.5',
      testedOn: on(4, 24),
      outcome: 'effective',
      method: 'Three releases',
      nextDue: daysAfter(on(4, 24), 90),
    },
    {
      ...test,
      title: 'Reports carry the note',
      control: 'A.8.2',
      testedOn: on(4, 27),
      outcome: 'effective',
      method: 'Ten sampled reports',
      nextDue: daysAfter(on(4, 27), 90),
    },
    {
      ...test,
      title: 'Event logs complete',
      control: 'A.6.2.8',
      testedOn: on(4, 26),
      outcome: 'not_effective',
      method: 'Requests of one day against the log',
      note: 'Requests over the interface are missing in the log.',
      nextDue: daysAfter(on(4, 26), 60),
    },
  ]);
};
