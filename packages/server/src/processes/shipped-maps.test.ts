import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Graph } from '@aimwell/core/processes/graph';
import type { Surroundings } from '@aimwell/core/processes/happenings';
import type { Variables } from '@aimwell/core/processes/instance';
import { startInstance, step, type Stepped } from '@aimwell/core/processes/step';
import { describe, expect, it } from 'vitest';
import { problemsOf } from './check.ts';
import { compile } from './map/compile.ts';
import type { Element } from './map/element.ts';
import { evaluateFeel } from './map/feel.ts';
import { lintMap } from './map/lint.ts';
import { readMap } from './map/read.ts';
import { readShipped, shippedIndex } from './shipped.ts';

const run = promisify(execFile);
const corpora = process.env['AIMWELL_CORPORA'] ?? fileURLToPath(new URL('../../../../../shared/corpora', import.meta.url));
const schema = `${corpora}/bpmn/BPMN20.xsd`;
const maps = await shippedIndex();

const compiledOf = async (key: string): Promise<{ readonly graph: Graph; readonly definitions: Element }> => {
  const read = await readMap((await readShipped(key)).bytes);
  if ('refused' in read) throw new Error(read.refused[0]?.message);
  expect(read.warnings).toEqual([]);
  const compiled = compile(read.definitions);
  if ('refused' in compiled) throw new Error(compiled.refused.map(({ message }) => message).join(', '));
  return { graph: compiled.graph, definitions: read.definitions };
};
const registerOf = (key: string): string | null => maps.find((one) => one.key === key)?.register ?? null;
const graphOf = async (key: string): Promise<Graph> => (await compiledOf(key)).graph;

describe.each(maps.map(({ key, file }) => [key, file] as const))('the shipped map %s', (key, file) => {
  it('can be published as it is', async () => expect(problemsOf(await graphOf(key), registerOf(key))).toEqual([]));

  it('has nothing that the check of maps would advise against', async () => {
    const { graph, definitions } = await compiledOf(key);
    expect(lintMap(graph, definitions)).toEqual([]);
  });

  it.skipIf(!existsSync(schema) || !existsSync('/usr/bin/xmllint'))('is valid by the schema of the OMG', async () => {
    const path = fileURLToPath(new URL(`../../../../catalog/processes/${file}`, import.meta.url));
    const { stderr } = await run('/usr/bin/xmllint', ['--noout', '--nonet', '--schema', schema, path]);
    expect(stderr).toContain('validates');
  });
});

const around = (record: Variables): Surroundings => {
  const now = '2027-01-01T08:00:00.000Z';
  return { now, zone: 'Europe/Berlin', evaluate: (expression, variables) => evaluateFeel(expression, { record, ...variables }, now) };
};

/** Completes whatever task is open until the run ends; `answers` are the variables that the n-th visit of a step leaves. */
const walk = async (key: string, answers: Readonly<Record<string, readonly Variables[]>>, record: Variables = {}) => {
  const graph = await graphOf(key);
  let now = startInstance(graph, { id: 'i', start: null, variables: {}, called: false }, around(record)) as Stepped;
  const visited: string[] = [];
  for (let done = 0; done < 60; done += 1) {
    const task = now.instance.tokens.find(({ wait }) => wait.kind === 'task');
    const timer = now.instance.subscriptions.find(({ node }) => graph.nodes[node]?.kind === 'catch');
    if (task !== undefined) {
      const seen = visited.filter((node) => node === task.node).length;
      visited.push(task.node);
      now = step(
        graph,
        now.instance,
        { kind: 'complete', token: task.id, variables: answers[task.node]?.[seen] ?? {} },
        around(record),
      ) as Stepped;
    } else if (timer !== undefined)
      now = step(graph, now.instance, { kind: 'fire', subscription: timer.id, variables: {} }, around(record)) as Stepped;
    else break;
  }
  return { visited, status: now.instance.status, incidents: now.instance.tokens.filter(({ wait }) => wait.kind === 'incident') };
};

describe('the AIMS life cycle', () => {
  it('takes the corrective branch with a major open, comes back by the follow-up, and ends in improvement', async () => {
    const { visited, status, incidents } = await walk('aims-life-cycle', {
      open: [
        { majorOpen: true, overdue: 0 },
        { majorOpen: false, overdue: 2 },
        { majorOpen: false, overdue: 0 },
      ],
    });
    expect(incidents).toEqual([]);
    expect(status).toBe('completed');
    expect(visited.slice(visited.indexOf('open'))).toEqual([
      'open',
      'correct',
      'followUp',
      'open',
      'correct',
      'followUp',
      'open',
      'improve',
    ]);
  });

  it('goes on to improvement with none, whatever minors are open', async () => {
    const { visited, status } = await walk('aims-life-cycle', { open: [{ majorOpen: false, overdue: 0 }] });
    expect(visited).not.toContain('correct');
    expect(visited.at(-1)).toBe('improve');
    expect(status).toBe('completed');
  });

  it('stops with an incident where nobody has said what is open', async () => {
    const { visited, incidents } = await walk('aims-life-cycle', {});
    expect(visited.at(-1)).toBe('open');
    expect(incidents.map(({ node }) => node)).toEqual(['decide']);
  });
});

it.each([
  { name: 'a prohibited system is taken out of use', record: { lawClass: 'prohibited', scopeDecision: 'in' }, last: 'refuse' },
  { name: 'a system outside the scope is not registered', record: { lawClass: 'minimal', scopeDecision: 'out' }, last: 'roles' },
  { name: 'a system in scope passes the gate', record: { lawClass: 'high-risk', scopeDecision: 'in' }, last: 'register' },
])('AI onboarding: $name', async ({ record, last }) => {
  const { visited, status } = await walk('ai-onboarding', {}, record);
  expect(visited.at(-1)).toBe(last);
  expect(status).toBe('completed');
});

it('a risk within the threshold is accepted, one above is treated until nobody wants it treated further', async () => {
  expect((await walk('risk-assessment-treatment', {}, { aboveThreshold: 'no' })).visited).toEqual(['assess', 'confirm']);
  const { visited, status } = await walk(
    'risk-assessment-treatment',
    { further: [{ treatFurther: true }, { treatFurther: false }] },
    { aboveThreshold: 'yes', state: 'evaluated' },
  );
  expect(visited.slice(0, 2)).toEqual(['assess', 'choose']);
  expect(visited.filter((node) => node === 'choose')).toHaveLength(2);
  expect(visited.slice(-2)).toEqual(['accept', 'approveAcceptance']);
  expect(status).toBe('completed');
});

it('a version of the Statement of Applicability goes back until it is ready to sign', async () => {
  const { visited, status } = await walk('soa-approval', { check: [{ ready: false }, { ready: true }] });
  expect(visited.filter((node) => node === 'reasons')).toHaveLength(2);
  expect(visited).toContain('sendBack');
  expect(visited.at(-1)).toBe('approve');
  expect(status).toBe('completed');
});

it('a certificate is kept through two surveillance audits', async () => {
  const { visited, status } = await walk('certification', { stage2: [{ nonconformities: 2 }], decision: [{ certified: true }] });
  expect(visited).toContain('answer');
  expect(visited.filter((node) => node === 'surveil')).toHaveLength(2);
  expect(visited.at(-1)).toBe('renew');
  expect(status).toBe('completed');
});
