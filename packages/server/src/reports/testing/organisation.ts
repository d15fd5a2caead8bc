import catalog from '@aimwell/catalog/risk-sources/risk-sources.json' with { type: 'json' };
import { contextIssues, interestedParties, partyRequirements } from '@aimwell/contract/context/context';
import { evidence } from '@aimwell/contract/evidence/evidence';
import { objectives } from '@aimwell/contract/objectives/objectives';
import type { Register } from '@aimwell/contract/platform/register';
import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { risks } from '@aimwell/contract/risks/risks';
import { people } from '@aimwell/contract/roles/people';
import { authorities } from '@aimwell/contract/roles/roles';
import { scopeElements, scopeStatements } from '@aimwell/contract/scope/scope';
import { controls, controlTests, soaEntries, soaVersions } from '@aimwell/contract/soa/soa';
import { systems } from '@aimwell/contract/systems/systems';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { sql } from 'kysely';
import type { Organisation } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import type { TestDatabase } from '../../platform/testing/template.ts';
import { createWriter, type Writer } from './writer.ts';

const signed = async ({ run }: Writer, register: Register, id: string): Promise<void> => {
  await run(register, id, 'submit');
  await run(register, id, 'approve', {}, 'director');
};

const systemNames = ['Support Triage Assistant', 'Churn Predictor', 'Contract Summariser', 'Demand Forecast', 'CV Screening Pilot'];

/** People, authority, systems, context and an approved scope statement. */
export const writeScope = async (writer: Writer): Promise<{ systemIds: string[] }> => {
  const { create, ids } = writer;
  ids.manager = (await create(people, { name: 'AIMS manager', function: 'Head of AI governance' })).id;
  ids.owner = (await create(people, { name: 'Head of support', function: 'Business owner' })).id;
  ids.director = (await create(people, { name: 'Managing director', function: 'Top management' })).id;
  await create(authorities, {
    title: 'Designated management',
    holder: ids.director,
    riskLevelLimit: 25,
    approvesPlans: true,
    approvesSoa: true,
    approvesCriteria: true,
    fromDate: '2026-01-01',
  });
  const systemIds: string[] = [];
  for (const name of systemNames)
    systemIds.push(
      (
        await create(systems, {
          name,
          scopeDecision: name.endsWith('Pilot') ? 'out' : 'in',
          rolesStandard: ['user'],
          owner: ids.owner,
          purpose: `What ${name} is for`,
        })
      ).id,
    );
  for (const [kind, name, decision, decisionReason] of [
    ['unit', 'Customer operations', 'in', null],
    ['unit', 'Human resources', 'out', 'Uses no AI system in operation yet'],
    ['site', 'Rotterdam', 'in', null],
    ['site', 'Leipzig', 'in', null],
    ['activity', 'Forecasting services for retail customers', 'in', null],
    ['jurisdiction', 'European Union', 'in', null],
    ['interface', 'Hosting supplier', 'in', null],
  ] as const)
    await create(scopeElements, { kind, name, decision, decisionReason });
  const issue = await create(contextIssues, {
    title: 'Customers ask for evidence of human oversight',
    kind: 'external',
    topic: 'market',
    relevance: 'relevant',
  });
  const climate = await create(contextIssues, {
    title: 'Energy use of model training',
    kind: 'internal',
    topic: 'climate',
    relevance: 'not_relevant',
    relevanceReason: 'No training of our own; models are hosted by suppliers',
  });
  const party = await create(interestedParties, { name: 'Retail customers', kind: 'customers' });
  const required = await create(partyRequirements, {
    title: 'Notice before a model is changed',
    party: party.id,
    basis: 'contract',
    decision: 'addressed',
  });
  const statement = await create(scopeStatements, {
    statement:
      'The operation and support of forecasting and assistance services with AI for retail customers at the sites Rotterdam and Leipzig, as provider and user of AI systems.',
    aiRoles: 'AI provider and AI user',
    exclusions: 'Human resources: no AI system is in operation there.',
    issues: [issue.id, climate.id],
    partyRequirements: [required.id],
    requirements: ['4.1-1', '4.2-1', '4.3-1'],
  });
  await signed(writer, scopeStatements, statement.id);
  return { systemIds };
};

/** Approved criteria, twenty rated risks and an opportunity, a treatment for each risk above the threshold, and the approved plan. */
export const writeRisks = async (writer: Writer, systemIds: readonly string[]): Promise<{ riskIds: string[] }> => {
  const { create, run, ids } = writer;
  await signed(writer, riskCriteria, (await create(riskCriteria, {})).id);
  const riskIds: string[] = [];
  for (const [at, source] of catalog.riskSources.slice(0, 20).entries()) {
    const risk = await create(risks, {
      statement: source.statements[0],
      source: source.id,
      causeAndEvent: at % 3 === 0 ? source.description : null,
      owner: ids.owner,
      system: systemIds[at % systemIds.length],
    });
    riskIds.push(risk.id);
    if (at === 19) continue;
    const likelihood = 1 + ((at * 3) % 5);
    const consequence = 1 + ((at * 2) % 5);
    await run(risks, risk.id, 'assess', {
      likelihood,
      organisation: { rating: consequence },
      individuals: { rating: 1 },
      societies: { notApplicable: 'Used inside one team only' },
    });
    if (likelihood * consequence > 9)
      await create(treatments, {
        title: `Check and watch: ${source.title.toLowerCase()}`,
        risk: risk.id,
        option: 'modify',
        modifies: 'likelihood',
        controls: source.controls,
        owner: ids.owner,
        resources: 'Two days a month',
        dueDate: '2026-06-30',
        expectedLikelihood: 1,
        expectedConsequence: consequence,
        effectivenessMeasure: 'Fewer than 1 wrong result in 100',
        description: 'A person checks a sample of the results each week.',
      });
  }
  await create(risks, {
    statement: 'Faster answers raise the satisfaction of customers',
    kind: 'opportunity',
    pursuit: 'pursue',
    pursuitReason: 'Fits the objective for support',
    owner: ids.owner,
    system: systemIds[0],
  });
  await signed(writer, treatmentPlans, (await create(treatmentPlans, { note: 'First plan after the assessment in March.' })).id);
  return { riskIds };
};

const statuses = ['implemented', 'effective', 'in_progress', 'effective', 'planned', 'not_started'] as const;

/** An approved Statement of Applicability with evidence and tests, and a new draft whose exclusion an open treatment contradicts. */
export const writeStatement = async (writer: Writer, riskIds: readonly string[]): Promise<{ approved: string; draft: string }> => {
  const { create, patch, find, run, ids } = writer;
  await create(controls, { title: 'Red-team exercise before each release', purpose: 'Finds misuse before others do', owner: ids.owner });
  const objective = await create(objectives, { title: 'Answers are right in 99 of 100 cases', owner: ids.owner });
  const version = await create(soaVersions, {});
  await run(soaVersions, version.id, 'suggest');
  for (const [at, entry] of (await find(soaEntries, { soa: version.id })).entries()) {
    if (entry['control'] === 'A.4.5') {
      await patch(soaEntries, entry.id, {
        decision: 'excluded',
        justification: 'All computing is rented; the organisation runs no hardware of its own.',
        risks: [],
        reasons: [],
        contradictionNote: null,
      });
      continue;
    }
    const reasons = entry['reasons'] as string[];
    await patch(soaEntries, entry.id, {
      decision: 'included',
      reasons: reasons.length > 0 ? reasons : at % 3 === 0 ? ['law'] : at % 3 === 1 ? ['objective'] : ['own_choice'],
      ...(reasons.length === 0 && at % 3 === 0 ? { laws: 'AI Act, Art. 26' } : {}),
      ...(reasons.length === 0 && at % 3 === 1 ? { objectives: [objective.id] } : {}),
      justification: (entry['justification'] as string | null) ?? 'Good practice that customers expect of a supplier of AI services.',
      risks: (entry['risks'] as string[]).length > 0 ? entry['risks'] : at % 4 === 0 ? riskIds.slice(0, 2) : [],
      linksConfirmed: true,
      status: statuses[at % statuses.length],
      owner: ids[at % 2 === 0 ? 'owner' : 'manager'],
      ...(at % 6 === 2 || at % 6 === 4 ? { targetDate: at % 4 === 0 ? '2026-02-01' : '2026-09-30' } : {}),
    });
  }
  await writeEvidence(writer);
  await signed(writer, soaVersions, version.id);
  const next = await create(soaVersions, {});
  const [named] = await find(treatments, {});
  const [control] = (named?.['controls'] ?? []) as string[];
  const [entry] = await find(soaEntries, { soa: next.id, control });
  await patch(soaEntries, entry?.id ?? '', { decision: 'excluded', justification: 'Not thought to be needed.' });
  return { approved: version.id, draft: next.id };
};

const writeEvidence = async ({ create, ids }: Writer): Promise<void> => {
  for (const [at, [title, named, requirements]] of (
    [
      ['AI policy, signed', ['A.2.2', 'A.2.3'], ['5.2-1']],
      ['Minutes of the management review', ['A.2.4'], ['9.3.1-1']],
      ['Role descriptions', ['A.3.2'], ['5.3-1']],
      ['Test report of the triage assistant', ['A.6.2.4'], ['8.1-1']],
      ['Supplier assessment', ['A.10.3'], []],
      ['Data sheet of the forecast', ['A.7.2', 'A.7.4', 'A.7.5'], []],
      ['Photograph of a whiteboard', [], []],
    ] as const
  ).entries())
    await create(evidence, {
      title,
      kind: 'link',
      url: `https://files.example.org/${at + 1}`,
      controls: [...named],
      requirements: [...requirements],
      collectedOn: '2026-02-20',
      validFrom: '2026-02-20',
      validUntil: at === 1 ? '2026-03-01' : at === 4 ? null : '2027-02-20',
      owner: ids.manager,
    });
  await create(controlTests, {
    title: 'Sample of twenty answers',
    control: 'A.6.2.4',
    testedOn: '2026-02-25',
    outcome: 'effective',
    tester: ids.manager,
  });
};

/** An organisation of its own in a database, with a writer for it. */
export const createWrittenOrganisation = async (database: TestDatabase['database'], slug: string, name: string) => {
  const organisation: Organisation = { id: newId(), slug, name, timeZone: 'UTC', demo: false, settings: {} };
  await database.inOrganisation(organisation.id, (tx) =>
    tx.query(sql`insert into organizations (id, slug, name) values (${organisation.id}::uuid, ${slug}, ${name})`),
  );
  return { organisation, writer: createWriter(database, organisation) };
};
