/**
 * A process map in few words: what the shipped maps are written in. `layout.ts` draws it and `write.ts` writes it as BPMN 2.0; ids are
 * the keys given here, so that a task keeps its id while the map around it grows.
 */
export interface ProcessDefinition {
  /** Id of the process element and name of the file. */
  readonly key: string;
  readonly name: string;
  /** One or two sentences for the list of maps. */
  readonly description: string;
  /** Clauses and controls of ISO/IEC 42001 that the map serves. */
  readonly clauses: readonly string[];
  /** The register whose records it is about; left out when it is about the management system as a whole. */
  readonly register?: string;
  readonly lanes: readonly LaneDefinition[];
  /** Partners outside the organisation, drawn as closed pools. */
  readonly partners?: readonly PartnerDefinition[];
  readonly nodes: Readonly<Record<string, NodeDefinition>>;
  readonly flows: readonly FlowDefinition[];
  readonly messages?: readonly MessageDefinition[];
}

export interface LaneDefinition {
  readonly id: string;
  readonly name: string;
  /** A role of the product. */
  readonly role: string;
}

export interface PartnerDefinition {
  readonly id: string;
  readonly name: string;
  readonly side: 'above' | 'below';
}

export interface FlowDefinition {
  readonly from: string;
  readonly to: string;
  readonly name?: string;
  /** FEEL. */
  readonly when?: string;
  /** Taken when no condition holds. */
  readonly otherwise?: true;
  /** Drawn straight into the lane below or above, in the same column. */
  readonly across?: true;
}

export interface MessageDefinition {
  readonly from: string;
  readonly to: string;
  readonly name?: string;
}

export type RaciPart = 'responsible' | 'accountable' | 'consulted' | 'informed';

/** What the product adds to a step; see the `aims:` namespace. */
export interface StepDefinition {
  readonly role?: string;
  readonly form?: string;
  readonly evidence?: readonly string[];
  readonly references?: readonly string[];
  /** ISO 8601 duration. */
  readonly due?: string;
  readonly escalateTo?: string;
  /** Ids of nodes whose performer may not do this one. */
  readonly notBy?: readonly string[];
  readonly raci?: Readonly<Record<string, RaciPart>>;
}

/** Where a node stands in the picture, when the layouter's own choice is not the best one. */
interface Placed {
  /** Id of its lane; inside a sub-process and in maps without lanes left out. */
  readonly lane?: string;
  /** Line within the lane, from 0 at the top; left out: the line of what comes before it, or the first free one. */
  readonly line?: number;
  /** Columns further right than it must stand. */
  readonly later?: number;
}

export type TriggerDefinition =
  | { readonly on: 'timer'; readonly date?: string; readonly duration?: string; readonly cycle?: string }
  | { readonly on: 'message' | 'signal'; readonly name: string; readonly correlation?: string }
  | { readonly on: 'condition'; readonly condition: string }
  | { readonly on: 'error' | 'escalation'; readonly code: string };

export type ThrownDefinition =
  | { readonly throws: 'terminate' }
  | { readonly throws: 'message' | 'signal'; readonly name: string }
  | { readonly throws: 'error' | 'escalation'; readonly code: string };

export type NodeDefinition = Placed & { readonly name: string } & (
    | { readonly kind: 'start' | 'catch'; readonly trigger?: TriggerDefinition }
    | { readonly kind: 'throw' | 'end'; readonly thrown?: ThrownDefinition }
    | {
        readonly kind: 'boundary';
        readonly at: string;
        /** The border it stands on; below when left out. */
        readonly side?: 'top' | 'bottom';
        readonly interrupting: boolean;
        readonly trigger: TriggerDefinition;
      }
    | { readonly kind: 'exclusive' | 'parallel' | 'inclusive' | 'eventBased' }
    | (StepDefinition & { readonly kind: 'user' | 'manual'; readonly each?: EachDefinition })
    | (StepDefinition & { readonly kind: 'service' | 'send'; readonly job: string })
    | (StepDefinition & { readonly kind: 'rule'; readonly rule: string; readonly result: string })
    | (StepDefinition & { readonly kind: 'receive'; readonly message: string; readonly correlation?: string })
    | (StepDefinition & { readonly kind: 'call'; readonly called: string })
    | (StepDefinition & {
        readonly kind: 'subProcess';
        readonly nodes: Nodes;
        readonly flows: readonly FlowDefinition[];
        readonly each?: EachDefinition;
      })
  );

export type Nodes = Readonly<Record<string, NodeDefinition>>;

/** Done once for each item of a list: FEEL, and the name under which a round sees its item. */
export interface EachDefinition {
  readonly list: string;
  readonly as: string;
  readonly sequential?: boolean;
}

/** A flow with its name, condition or place. */
export const flow = (from: string, to: string, rest: Omit<FlowDefinition, 'from' | 'to'> = {}): FlowDefinition => ({ from, to, ...rest });

/** Flows from each node to the next. */
export const path = (...ids: readonly string[]): readonly FlowDefinition[] =>
  ids.slice(1).map((to, index) => ({ from: ids[index] as string, to }));

/** A map, checked for what the layouter and the writer rely on. Throws on a contradiction: that is a fault of the program. */
export const defineProcess = (definition: ProcessDefinition): ProcessDefinition => {
  const lanes = new Set(definition.lanes.map(({ id }) => id));
  for (const [id, { lane }] of Object.entries(definition.nodes))
    if (lanes.size > 0 && !lanes.has(lane ?? '')) throw new Error(`${definition.key}: ${id} stands in no lane`);
  const partners = new Set((definition.partners ?? []).map(({ id }) => id));
  for (const { from, to } of definition.messages ?? [])
    if (partners.has(from) === partners.has(to))
      throw new Error(`${definition.key}: a message goes between a step and a partner, got ${from} → ${to}`);
  checkNodes(definition.key, definition.nodes, definition.flows);
  return definition;
};

const checkNodes = (key: string, nodes: Nodes, flows: readonly FlowDefinition[]): void => {
  for (const { from, to } of flows)
    for (const id of [from, to]) if (!Object.hasOwn(nodes, id)) throw new Error(`${key}: a flow names ${id}, which does not exist`);
  for (const [id, node] of Object.entries(nodes)) {
    if (node.kind === 'subProcess') checkNodes(key, node.nodes, node.flows);
    if (node.kind === 'boundary' && !Object.hasOwn(nodes, node.at))
      throw new Error(`${key}: ${id} is attached to ${node.at}, which does not exist`);
  }
};
