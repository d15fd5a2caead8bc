import { type Answered, password, type Visitor } from '../../journey/testing.ts';
import type { Office } from './office.ts';

/** Runs of the maps that come with the product: each role is one person, and each does what the lane says. */
export interface Walk {
  visitor(role: string): Visitor;
  /** Puts a map that came with the product in force. */
  adopt(key: string): Promise<void>;
  openTasks(instance: string): Promise<readonly Answered[]>;
  /** Does the one open task at this node as its role (or as `as`), with the evidence that it asks for. */
  complete(instance: string, node: string, given?: object, as?: Visitor): Promise<void>;
  nodesOf(instance: string): Promise<{ readonly status: unknown; readonly done: readonly string[] }>;
}

const today = () => new Date().toISOString().slice(0, 10);

export const createWalk = async (office: Office): Promise<Walk> => {
  const { journey, manager, management } = office;
  const by: Readonly<Record<string, Visitor>> = {
    aims_manager: manager,
    top_management: management,
    risk_manager: await journey.enter('risk_manager'),
    system_owner: await journey.enter('system_owner'),
    internal_auditor: await journey.enter('internal_auditor'),
  };
  await journey.administrator.do('POST', 'authorities', {
    title: 'Designated management',
    holder: management.personId,
    riskLevelLimit: 25,
    approvesPlans: true,
    approvesCriteria: true,
    approvesSoa: true,
    fromDate: '2026-01-01',
  });
  const visitor = (role: string): Visitor => by[role] as Visitor;
  const openTasks = async (instance: string) =>
    (await manager.do('GET', `process-tasks?who=all&instance=${instance}&state=open`)).items ?? [];
  return {
    visitor,
    openTasks,
    adopt: async (key) => {
      const made = await manager.do('POST', 'processes', { shipped: key });
      const { id } = made['newest'] as { id: string };
      const version = await manager.do('GET', `process-versions/${id}`);
      if (version['executable'] !== true) throw new Error(`expected ${key} to run, got ${JSON.stringify(version['refusals'])}`);
      await manager.do('POST', `process-versions/${id}/submit`, {});
      await management.do('POST', `process-versions/${id}/approve`, { password });
    },
    complete: async (instance, node, given = {}, as) => {
      const open = await openTasks(instance);
      const found = open.find((task) => task['node'] === node);
      if (found === undefined) throw new Error(`expected an open task at ${node}, got ${open.map((task) => task['node']).join(', ')}`);
      const task = await manager.do('GET', `process-tasks/${found.id}`);
      const doer = as ?? visitor(String(task['role']));
      const evidence = [];
      for (const kind of task['evidence'] as string[]) {
        const piece = await doer.do('POST', 'evidence', { title: kind, kind: 'statement', collectedOn: today() });
        evidence.push({ evidence: piece.id, kind });
      }
      await doer.do('POST', `process-tasks/${found.id}/complete`, { evidence, ...given });
    },
    nodesOf: async (instance) => {
      const run = await manager.do('GET', `process-instances/${instance}`);
      const history = run['history'] as { what: string; node: string }[];
      return { status: run['status'], done: history.filter(({ what }) => what === 'completed').map(({ node }) => node) };
    },
  };
};
