import { everyone, managers } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { endpoint, members, orgParams } from './endpoint.ts';

/** What led to a check: the nightly turn, a start after a server that did not end in order, a person, the command `verify --live`. */
export const checkCauses = ['night', 'start', 'demand', 'command'] as const;
export type CheckCause = (typeof checkCauses)[number];

/** What rules may read beside the registers: books that the platform keeps itself, with the fields of a line. */
export const platformBooks: Readonly<Record<string, readonly string[]>> = { 'integrity-checks': ['endedOn', 'faultCount', 'from'] };

const amount = z.int().min(0);

/** What does not verify. `entry` is the place in the tree, from 0; null where the fault lies outside it. */
export const integrityFault = z
  .strictObject({ what: z.string(), entry: amount.nullable(), message: z.string() })
  .meta({ id: 'IntegrityFault' });

export const integrityStates = ['verifies', 'faults', 'overdue', 'never'] as const;

export const integrityView = z
  .strictObject({
    /** `overdue`: the newest check is older than a week; `never`: none has ended yet. */
    state: z.enum(integrityStates),
    /** "does not verify from entry 41", in words that accuse nobody; null unless the state is `faults`. */
    sentence: z.string().nullable(),
    /** First place in the tree from which it does not verify; null where the tree verifies. */
    from: amount.nullable(),
    /** All that were found; `faults` holds the first hundred. */
    faultCount: amount,
    faults: z.array(integrityFault).max(200),
    /** The newest check that ended. Damage that a download met later stands among the faults. */
    check: z
      .strictObject({
        id: z.uuid(),
        cause: z.enum(checkCauses),
        startedAt: z.iso.datetime({ offset: true }),
        endedAt: z.iso.datetime({ offset: true }),
        entries: amount,
        notAnchored: amount,
        records: amount,
        files: amount,
        /** Size of the older checkpoint, kept outside the database, that the tree was held against; null without one. */
        held: amount.nullable(),
        /** Signatures were checked with a key kept outside the database. */
        keyFromOutside: z.boolean(),
      })
      .nullable(),
  })
  .meta({ id: 'TrailIntegrity' });
export type IntegrityView = z.infer<typeof integrityView>;

export const readIntegrity = endpoint({
  name: 'trail.integrity',
  method: 'GET',
  path: '/api/v1/orgs/:org/trail/integrity',
  access: members(everyone),
  summary: 'What the newest check of records, files, history and tree found',
  params: orgParams,
  response: integrityView,
});

export const startCheck = endpoint({
  name: 'trail.check',
  method: 'POST',
  path: '/api/v1/orgs/:org/trail/check',
  access: members([...managers, 'internal_auditor']),
  summary: 'Starts a check of records, files, history and tree as long work',
  params: orgParams,
  response: z.strictObject({ work: z.uuid() }).meta({ id: 'TrailCheckStarted' }),
});

export const integrityEndpoints = [readIntegrity, startCheck];
