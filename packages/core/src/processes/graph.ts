/**
 * A process map as the engine reads it: compiled from BPMN 2.0 once, when a version is published, and never changed after.
 * Names of kinds are those of the BPMN 2.0 specification (ISO/IEC 19510); ids are those of the map.
 */
export interface Graph {
  /** Id of the process element. */
  readonly process: string;
  readonly name: string;
  /** The process itself first; then every sub-process, embedded or by event. Their ids are those of their elements. */
  readonly scopes: Readonly<Record<string, Scope>>;
  readonly nodes: Readonly<Record<string, Node>>;
  readonly flows: Readonly<Record<string, Flow>>;
}

export interface Scope {
  readonly id: string;
  /** Null for the process. */
  readonly parent: string | null;
  /** Nodes directly in it. */
  readonly nodes: readonly string[];
  /** Event sub-processes directly in it, by id of their node. */
  readonly eventSubProcesses: readonly string[];
}

export interface Flow {
  readonly id: string;
  readonly name: string | null;
  readonly from: string;
  readonly to: string;
  /** FEEL; null where the flow carries no condition. */
  readonly condition: string | null;
}

export interface Place {
  readonly id: string;
  readonly name: string | null;
  /** The scope it stands in. */
  readonly scope: string;
  /** Name of its lane; null without lanes. */
  readonly lane: string | null;
  readonly incoming: readonly string[];
  readonly outgoing: readonly string[];
  /** What the organisation says about the step: role, form, evidence, due, references. */
  readonly step: Step;
}

/** Our properties of an element (extension elements in the file). Absent ones are null or empty. */
export interface Step {
  /** Role that does it; the lane's role where the step names none. */
  readonly role: string | null;
  /** `register:create`, `register:command`, or the id of a form; null: only done or not done. */
  readonly form: string | null;
  /** Kinds of evidence without which it cannot be completed. */
  readonly evidence: readonly string[];
  /** References to requirements and controls: `8.2`, `A.6.2.4`. */
  readonly references: readonly string[];
  /** ISO 8601 duration from the start of the task, e.g. `P5D`; null: no due date. */
  readonly due: string | null;
  /** Role told when it is overdue. */
  readonly escalateTo: string | null;
  /** Nodes whose performer may not do this one. */
  readonly notBy: readonly string[];
  readonly raci: Readonly<Record<string, 'responsible' | 'accountable' | 'consulted' | 'informed'>>;
}

/** When a timer fires. `zone` is a name of the IANA database; calendar arithmetic is done in it. */
export type TimerRule =
  | { readonly kind: 'date'; readonly at: string }
  | { readonly kind: 'duration'; readonly duration: string }
  /** `R/P1Y`, `R5/2028-02-29T09:00/P1Y`: a repeating interval of ISO 8601; after downtime it fires once, not n times. */
  | { readonly kind: 'cycle'; readonly cycle: string };

/** What an event waits for. Values are FEEL where they begin with `=`, else text. */
export type Trigger =
  | { readonly kind: 'message'; readonly name: string; readonly correlation: string | null }
  | { readonly kind: 'signal'; readonly name: string }
  | { readonly kind: 'timer'; readonly rule: TimerRule }
  | { readonly kind: 'conditional'; readonly condition: string }
  /** Null code: every error, every escalation. */
  | { readonly kind: 'error'; readonly code: string | null }
  | { readonly kind: 'escalation'; readonly code: string | null };

export type TaskKind = 'user' | 'manual' | 'service' | 'send' | 'receive' | 'businessRule';

/** How often an activity is done. */
export type Loop =
  | {
      readonly kind: 'multiInstance';
      readonly sequential: boolean;
      /** FEEL: how many. Either this or `collection`. */
      readonly cardinality: string | null;
      /** FEEL: a list; one instance for each of its items. */
      readonly collection: string | null;
      /** Name under which an instance sees its item. */
      readonly item: string | null;
      /** FEEL over nrOfInstances, nrOfActiveInstances, nrOfCompletedInstances; null: all are done. */
      readonly completion: string | null;
    }
  | { readonly kind: 'standard'; readonly testBefore: boolean; readonly condition: string | null; readonly maximum: number | null };

export type Node =
  | (Place & { readonly kind: 'start'; readonly trigger: Trigger | null; readonly interrupting: boolean })
  | (Place & { readonly kind: 'catch'; readonly trigger: Exclude<Trigger, { kind: 'error' | 'escalation' }> })
  | (Place & {
      readonly kind: 'throw' | 'end';
      /** Null: nothing is thrown. Terminate and error stand at ends only. */
      readonly result: Result | null;
    })
  /** A link carries the token from its throw to the catch of the same name in the same scope. */
  | (Place & { readonly kind: 'linkThrow'; readonly link: string })
  | (Place & { readonly kind: 'linkCatch'; readonly link: string })
  | (Place & { readonly kind: 'boundary'; readonly attachedTo: string; readonly interrupting: boolean; readonly trigger: Trigger })
  | (Place & {
      readonly kind: 'task';
      readonly task: TaskKind;
      /** Service, send: name of the job. Receive: what it waits for stands in `trigger`. */
      readonly job: string | null;
      readonly trigger: Trigger | null;
      /** Business rule: FEEL whose value goes into the variable `result`. */
      readonly expression: string | null;
      readonly result: string | null;
      readonly loop: Loop | null;
      readonly defaultFlow: string | null;
    })
  | (Place & {
      readonly kind: 'gateway';
      readonly gateway: 'exclusive' | 'parallel' | 'inclusive' | 'eventBased';
      /** The flow taken when no condition holds. */
      readonly defaultFlow: string | null;
    })
  /** The scope of the same id holds what is inside. */
  | (Place & { readonly kind: 'subProcess'; readonly byEvent: boolean; readonly loop: Loop | null; readonly defaultFlow: string | null })
  | (Place & {
      readonly kind: 'call';
      readonly called: string;
      /** Null: the newest published version at the time of the call. */
      readonly version: number | null;
      readonly loop: Loop | null;
      readonly defaultFlow: string | null;
    });

export type Result =
  | { readonly kind: 'terminate' }
  | { readonly kind: 'error' | 'escalation'; readonly code: string | null }
  | { readonly kind: 'message' | 'signal'; readonly name: string };
