/** A value a process may hold: what JSON can say. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };
export type Variables = Readonly<Record<string, Value>>;

/**
 * One run of a process. Everything needed to go on stands here; the server keeps it as rows. Ids of scopes, tokens and
 * subscriptions are numbers counted within the instance, so that a replay of its events gives the same state.
 */
export interface Instance {
  readonly id: string;
  /** `suspended`: a person holds it up; nothing moves until it is resumed. */
  readonly status: 'active' | 'suspended' | 'completed' | 'terminated' | 'failed';
  /** Started by a call activity: an error nobody catches goes to the caller. */
  readonly called: boolean;
  /** The last number given to a scope, token or subscription. */
  readonly serial: number;
  /** The process and each sub-process or round of a loop that is running. The first is the process. */
  readonly scopes: readonly ScopeRun[];
  readonly tokens: readonly Token[];
  readonly subscriptions: readonly Subscription[];
  /** What came while it was suspended, in order; it comes to the run when that is resumed. Empty otherwise. */
  readonly held: readonly HeldEvent[];
}

/** What machines and other runs bring: it cannot be sent back, so a suspended run keeps it. */
export type HeldEvent =
  /** Work is done: of a person, of a job, of a called instance. */
  | { readonly kind: 'complete'; readonly token: number; readonly variables: Variables }
  /** A subscription has what it waited for. */
  | { readonly kind: 'fire'; readonly subscription: number; readonly variables: Variables }
  /** Work failed with a business error: caught by code, or by whoever catches all. */
  | { readonly kind: 'error'; readonly token: number; readonly code: string | null; readonly message: string }
  /** Work asks somebody above to look; it goes on meanwhile unless that interrupts it. */
  | { readonly kind: 'escalate'; readonly token: number; readonly code: string | null }
  /** A job could not be done at all, however often it was tried. */
  | { readonly kind: 'incident'; readonly token: number; readonly code: IncidentCode; readonly message: string };

/** A scope in one run. A round of a loop is a scope of its own, so that its variables end with it. */
export interface ScopeRun {
  readonly id: number;
  /** Id of the process, the sub-process, or the activity that loops. */
  readonly element: string;
  readonly kind: 'process' | 'subProcess' | 'loop' | 'round';
  readonly parent: number | null;
  /** The token in the parent that waits for this scope; null for the process, rounds and event sub-processes. */
  readonly host: number | null;
  readonly variables: Variables;
  readonly loop: LoopCount | null;
}

export interface LoopCount {
  /** Null: as often as the condition of a standard loop says. */
  readonly total: number | null;
  readonly started: number;
  readonly completed: number;
  readonly items: readonly Value[] | null;
}

/** A token where it stands still. One that moves on is gone; where it stands next, it has another number. */
export interface Token {
  readonly id: number;
  readonly scope: number;
  readonly node: string;
  /** RFC 3339: since when it stands here. */
  readonly since: string;
  readonly wait: Wait;
}

/** Why a token stands still. */
export type Wait =
  /** A person's or a job's work: completed from outside. */
  | { readonly kind: 'task' | 'job' }
  /** The first of its subscriptions to come (catch events, receive tasks, event-based gateways). */
  | { readonly kind: 'events' }
  /** The scope that runs inside it, or the instance it called. */
  | { readonly kind: 'scope' | 'call' }
  /** At a joining gateway, having come by this flow. */
  | { readonly kind: 'join'; readonly by: string }
  /**
   * Something could not be decided on the way in (by which flow), on the way out, or a job cannot be done; a person mends the
   * cause and tries again.
   */
  | {
      readonly kind: 'incident';
      readonly on: 'entering' | 'leaving' | 'working';
      readonly by: string | null;
      readonly code: IncidentCode;
      readonly message: string;
    };

export type IncidentCode =
  | 'CONDITION_UNDECIDED'
  | 'NO_FLOW_TAKEN'
  | 'EXPRESSION_FAILED'
  | 'ERROR_UNCAUGHT'
  | 'STEP_BUDGET'
  | 'JOB_FAILED'
  | 'TIMER_UNREADABLE'
  | 'TIMER_TOO_OFTEN';

/** What an instance listens for: a timer, a message, a signal or a condition, on behalf of a token or of a scope. */
export interface Subscription {
  readonly id: number;
  /** The token that waits, or at whose activity the boundary event sits; null for the start of an event sub-process. */
  readonly token: number | null;
  readonly scope: number;
  /** The event that fires: catch, boundary, receive task, or the start event of an event sub-process. */
  readonly node: string;
  readonly kind: 'message' | 'signal' | 'timer' | 'conditional';
  /** Of the message or signal. */
  readonly name: string | null;
  readonly correlation: Value;
  /** RFC 3339, of a timer. */
  readonly due: string | null;
  /** What a timer says, as evaluated when it was armed, and when that was: a cycle counts from there. Null for others. */
  readonly timer: {
    readonly kind: 'date' | 'duration' | 'cycle';
    readonly text: string;
    readonly armed: string;
    readonly turn: number;
  } | null;
  /** What the condition last was: it fires when it becomes true. */
  readonly was: boolean;
}
