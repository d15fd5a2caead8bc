import { describe, expect, it } from 'vitest';
import { dueOf, judgeCompletion, judgeEvidence, judgeWorker, type TaskFacts } from './tasks.ts';

const step = { role: 'internal_auditor', evidence: ['minutes', 'report'], notBy: [] };
const open: TaskFacts = {
  state: 'open',
  suspended: false,
  step,
  person: null,
  performers: new Map(),
  starter: 's',
  author: 'a',
  owner: 'o',
};
const auditor = { person: 'p', roles: ['internal_auditor'] } as const;
const codes = (refused: readonly { readonly code: string }[]) => refused.map(({ code }) => code);

describe('who may do a task', () => {
  it.each([
    { name: 'the role', task: open, worker: auditor, expected: [] },
    { name: 'another role', task: open, worker: { person: 'p', roles: ['contributor'] as const }, expected: ['WRONG_ROLE'] },
    {
      name: 'whoever it was given to, whatever the role',
      task: { ...open, person: 'p' },
      worker: { person: 'p', roles: ['contributor'] as const },
      expected: [],
    },
    { name: 'not when another has it', task: { ...open, person: 'q' }, worker: auditor, expected: ['TASK_TAKEN'] },
    { name: 'nobody once it is done', task: { ...open, state: 'done' as const }, worker: auditor, expected: ['TASK_DONE'] },
    { name: 'nobody once it is gone', task: { ...open, state: 'cancelled' as const }, worker: auditor, expected: ['TASK_GONE'] },
  ])('$name', ({ task, worker, expected }) => {
    expect(codes(judgeWorker(task, worker))).toEqual(expected);
  });

  it('is for nobody to complete while its run is suspended, and to hold all the same', () => {
    expect(codes(judgeCompletion({ ...open, suspended: true }, auditor))).toEqual(['RUN_SUSPENDED']);
    expect(codes(judgeWorker({ ...open, suspended: true }, auditor))).toEqual([]);
    expect(codes(judgeCompletion({ ...open, suspended: true, state: 'done' }, auditor))).toEqual(['TASK_DONE']);
  });

  it.each([
    { notBy: 'draft', expected: ['NOT_BY_THE_SAME'] },
    { notBy: 'other', expected: [] },
    { notBy: 'never', expected: [] },
  ])('keeps it from whoever did $notBy', ({ notBy, expected }) => {
    const performers = new Map([
      ['draft', ['p', 'q']],
      ['other', ['q']],
    ]);
    expect(codes(judgeWorker({ ...open, performers, step: { ...step, notBy: [notBy] } }, auditor))).toEqual(expected);
  });

  it.each(['starter', 'record.author', 'record.owner'])('keeps it from the %s', (name) => {
    const facts = { ...open, starter: 'p', author: 'p', owner: 'p', step: { ...step, notBy: [name] } };
    expect(codes(judgeWorker(facts, auditor))).toEqual(['NOT_BY_THE_SAME']);
    expect(judgeWorker({ ...facts, starter: 'x', author: 'x', owner: 'x' }, auditor)).toEqual([]);
  });

  it('lets nobody in particular do what another has to', () => {
    expect(codes(judgeWorker({ ...open, step: { ...step, notBy: ['draft'] } }, { ...auditor, person: null }))).toEqual(['NOT_BY_THE_SAME']);
  });
});

it('asks for each kind of evidence', () => {
  expect(codes(judgeEvidence(step, ['minutes', null]))).toEqual(['EVIDENCE_MISSING']);
  expect(judgeEvidence(step, ['report', 'minutes'])).toEqual([]);
});

it('counts the due day on the wall clock of the zone', () => {
  expect(dueOf({ due: 'P1D' }, '2026-03-28T11:00:00.000Z', 'Europe/Berlin')).toBe('2026-03-29T10:00:00.000Z');
  expect(dueOf({ due: null }, '2026-03-28T11:00:00.000Z', 'UTC')).toBeNull();
  expect(dueOf({ due: 'soon' }, '2026-03-28T11:00:00.000Z', 'UTC')).toBeNull();
});
