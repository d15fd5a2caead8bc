import { readdir, readFile } from 'node:fs/promises';
import controls from '@aimwell/catalog/standard/controls.json' with { type: 'json' };
import clauses from '@aimwell/catalog/standard/clauses.json' with { type: 'json' };
import type { NodeDefinition, Nodes, StepDefinition } from '@aimwell/core/processes/define/definition';
import { layout } from '@aimwell/core/processes/define/layout';
import { faultsOf } from '@aimwell/core/processes/define/metrics';
import { readAsk } from '@aimwell/core/processes/ask';
import { type Role, roles } from '@aimwell/core/roles/permissions';
import { describe, expect, it } from 'vitest';
import { processFiles, shippedProcesses } from '../../../../scripts/generate-processes.ts';
import { registers } from '../registers.ts';

const folder = new URL('../../../../catalog/processes/', import.meta.url);

it('ships the files that the definitions give: npm run processes writes them', async () => {
  const files = processFiles();
  expect((await readdir(folder)).sort()).toEqual(Object.keys(files).sort());
  for (const [name, content] of Object.entries(files)) expect(await readFile(new URL(name, folder), 'utf8')).toBe(content);
});

const known = new Set([...numbersIn(controls), ...numbersIn(clauses)]);
/** Numbers of clauses and controls, wherever the catalog says them. */
function numbersIn(list: unknown): string[] {
  return [...JSON.stringify(list).matchAll(/"((?:A\.)?\d{1,2}(?:\.\d{1,2}){0,3})"/g)].map(([, number]) => number as string);
}

const everyNode = (nodes: Nodes): readonly (readonly [string, NodeDefinition])[] =>
  Object.entries(nodes).flatMap(([id, node]) => [[id, node] as const, ...(node.kind === 'subProcess' ? everyNode(node.nodes) : [])]);

/** Who may carry out the action that a form names; null when there is no such action. */
const allowedFor = (form: string): readonly Role[] | null => {
  if (readAsk(form) !== null) return roles;
  const [name, deed] = form.split(':');
  const register = registers.find((one) => one.name === name);
  if (deed === 'create' || deed === 'patch') return register?.permissions[deed === 'create' ? 'create' : 'change'] ?? null;
  return register?.commands.find((command) => command.name === deed)?.roles ?? null;
};

describe.each(shippedProcesses.map((definition) => [definition.key, definition] as const))('the map %s', (_key, definition) => {
  const tasks = everyNode(definition.nodes).filter(([, { kind }]) => kind === 'user') as readonly (readonly [
    string,
    NodeDefinition & StepDefinition,
  ])[];
  const laneOf = (id: string) =>
    definition.lanes.find(({ id: lane }) =>
      Object.entries(definition.nodes).some(
        ([key, node]) => node.lane === lane && (key === id || (node.kind === 'subProcess' && id in node.nodes)),
      ),
    );

  it('has no line that crosses another or runs over a step, and nothing on anything else', () => {
    expect(faultsOf(layout(definition))).toEqual({ crossings: [], edgesOverNodes: [], overlaps: [], outside: [], names: [] });
  });

  it('names only roles, steps, clauses and controls that there are', () => {
    expect(definition.clauses.filter((number) => !known.has(number))).toEqual([]);
    for (const [id, step] of tasks) {
      expect(
        (step.references ?? []).filter((number) => !known.has(number)),
        id,
      ).toEqual([]);
      const named = [step.role, step.escalateTo, ...Object.keys(step.raci ?? {})].filter((role) => role !== undefined);
      expect(
        named.filter((role) => !(roles as readonly string[]).includes(role)),
        id,
      ).toEqual([]);
      expect(
        (step.notBy ?? []).filter((other) => !other.includes('.') && !(other in definition.nodes)),
        id,
      ).toEqual([]);
    }
  });

  it('binds its steps to actions that their role may carry out', () => {
    for (const [id, step] of tasks) {
      if (step.form === undefined) continue;
      const role = step.role ?? laneOf(id)?.role;
      expect(allowedFor(step.form), `${id}: ${step.form} by ${role}`).toContain(role);
    }
  });

  it('says of every step what proves it, when it is due, whom it is escalated to, and one who answers for it', () => {
    for (const [id, step] of tasks) {
      expect(step.references?.length ?? 0, id).toBeGreaterThan(0);
      expect(step.due, id).toMatch(/^P\d+[DM]$/);
      expect(step.escalateTo ?? 'nobody', id).not.toBe(step.role ?? laneOf(id)?.role);
      expect(Object.values(step.raci ?? {}).filter((part) => part === 'accountable' || part === 'responsible').length, id).toBeGreaterThan(
        0,
      );
    }
  });
});
