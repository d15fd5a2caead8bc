import type { TokenPurpose } from '@aimwell/core/identity/token';
import type { Role } from '@aimwell/core/roles/permissions';

/** Who acts. A person of the directory, or an API token (which may stand for a person). */
export interface Actor {
  readonly kind: 'person' | 'token' | 'system';
  /** Row of the directory in this organisation; null for tokens that stand for nobody and for the system itself. */
  readonly personId: string | null;
  readonly accountId?: string;
  readonly tokenId?: string;
  /** The one purpose of a token that has one: it opens nothing else. */
  readonly only?: TokenPurpose;
  readonly roles: readonly Role[];
}

export interface Organisation {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly demo: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What an action needs to know beside its input: who, where, when. Made once per request, command or job. */
export interface Context {
  readonly actor: Actor;
  readonly organisation: Organisation;
  readonly now: Date;
  /** The calendar day in the organisation's time zone, ISO 8601. */
  readonly today: string;
  readonly requestId: string | null;
  /** Set while the demo or an import writes history: decisions carry their own dates. */
  readonly source?: 'import' | 'demo';
  /** Key of the process in whose run this happens. */
  readonly withinProcess?: string;
}

interface Calendar {
  readonly format: Intl.DateTimeFormat;
  /** The minute that was asked for last, and its day: days begin with a minute in every zone. */
  minute: number;
  day: string;
}

/** Making one takes longer than everything else of a context; there are some hundred zones. */
const calendars = new Map<string, Calendar>();

/** The calendar day of a moment in a time zone, ISO 8601. */
export const dayIn = (timeZone: string, moment: Date): string => {
  const calendar = calendars.get(timeZone) ?? {
    format: new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }),
    minute: Number.NaN,
    day: '',
  };
  if (calendars.size < 1000) calendars.set(timeZone, calendar);
  const minute = Math.floor(moment.getTime() / 60_000);
  if (minute !== calendar.minute) {
    calendar.day = calendar.format.format(moment);
    calendar.minute = minute;
  }
  return calendar.day;
};

export const createContext = (input: {
  actor: Actor;
  organisation: Organisation;
  now: Date;
  requestId?: string | null;
  source?: 'import' | 'demo';
}): Context => ({
  actor: input.actor,
  organisation: input.organisation,
  now: input.now,
  today: dayIn(input.organisation.timeZone, input.now),
  requestId: input.requestId ?? null,
  ...(input.source === undefined ? {} : { source: input.source }),
});

/** The opaque id that stands for the actor in the trail. */
export const actorId = (actor: Actor): string | null => actor.personId ?? actor.tokenId ?? null;
