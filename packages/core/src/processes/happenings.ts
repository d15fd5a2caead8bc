import type { HeldEvent, IncidentCode, Value, Variables } from './instance.ts';

/** What comes from outside to an instance. */
export type ProcessEvent =
  | HeldEvent
  /** The cause of an incident is mended: the token tries again. */
  | { readonly kind: 'retry'; readonly token: number; readonly variables: Variables }
  /** Facts changed outside: conditions are looked at again. */
  | { readonly kind: 'variables'; readonly variables: Variables }
  /** A person holds the run up, or lets it go on. */
  | { readonly kind: 'suspend'; readonly reason?: string }
  | { readonly kind: 'resume' }
  /** A person ends the run. */
  | { readonly kind: 'terminate' };

/** One line of what happened, for history and the overlay of the map. */
export type Happening =
  | {
      /** `retried`: an incident is mended and its token tries again; where it stands next it is entered anew. */
      readonly what: 'entered' | 'completed' | 'cancelled' | 'retried';
      readonly node: string;
      readonly token: number;
      readonly scope: number;
      /** One round of a loop; the activity as a whole has a token of its own. */
      readonly round: boolean;
    }
  /** Passed without standing still: events that throw, gateways, ends. */
  | { readonly what: 'passed' | 'fired'; readonly node: string; readonly scope: number }
  | { readonly what: 'taken'; readonly flow: string; readonly scope: number }
  | { readonly what: 'incident'; readonly node: string; readonly token: number; readonly code: IncidentCode; readonly message: string }
  | { readonly what: 'uncaught'; readonly node: string; readonly escalation: string | null }
  | { readonly what: 'suspended'; readonly reason?: string }
  | { readonly what: 'resumed' }
  /** Came while the run was suspended; what it does is told once the run goes on. */
  | { readonly what: 'held'; readonly node: string }
  | { readonly what: 'ended'; readonly status: 'completed' | 'terminated' | 'failed' };

/** What the world outside must do about it. Tasks, timers and subscriptions are seen by comparing the instance before and after. */
export type Effect =
  | { readonly kind: 'job'; readonly token: number; readonly node: string; readonly job: string; readonly variables: Variables }
  | {
      readonly kind: 'call';
      readonly token: number;
      readonly node: string;
      readonly called: string;
      readonly version: number | null;
      readonly variables: Variables;
    }
  | { readonly kind: 'message' | 'signal'; readonly name: string; readonly variables: Variables }
  /** To the caller. */
  | { readonly kind: 'callerError' | 'callerEscalation'; readonly code: string | null };

/** What the engine asks of its surroundings; all of it answers the same for the same question. */
export interface Surroundings {
  /** RFC 3339. */
  readonly now: string;
  /** Zone of calendar arithmetic, a name of the IANA database. */
  readonly zone: string;
  /** Value of a FEEL expression; `unknown` names what it does not know, where that decides the answer. */
  readonly evaluate: (expression: string, variables: Variables) => Evaluated;
}
export type Evaluated = { readonly value: Value } | { readonly problem: string };
