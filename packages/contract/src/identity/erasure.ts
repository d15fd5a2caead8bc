import { z } from 'zod';
import { endpoint, may, recordParams } from '../platform/endpoint.ts';
import { problemItem } from '../platform/problem.ts';
import { referenceView } from '../platform/schema.ts';
import { typedPassword } from './views.ts';

const recordOf = referenceView.extend({ register: z.string() });
const day = z.iso.date();

/** What would become of a person here: what goes, what stands against it, and what stays in any case. */
export const erasureView = z
  .strictObject({
    person: referenceView,
    /** The day of an earlier erasure. */
    erasedOn: day.nullable(),
    goes: z.strictObject({
      /** Entries of the trail whose salt and payload would be emptied. */
      payloads: z.int(),
      invitations: z.int(),
      /** Of his account in this installation: it stays where he belongs to another organisation too. */
      account: z.enum(['none', 'erased', 'stays']),
      /** Where his name or address stands in texts, by table; at most a hundred records of each register. */
      texts: z.array(z.strictObject({ table: z.string(), register: z.string().nullable(), rows: z.int(), records: z.array(recordOf) })),
    }),
    against: z.array(problemItem.extend({ from: day.nullable() })),
    duties: z.array(recordOf),
    /** Approvals under his name whose retention runs; `until` is null while they are in force. */
    signatures: z.array(recordOf.extend({ approvedOn: day, until: day.nullable() })),
    stays: z.strictObject({
      /** Somebody else here has the same name or address, so that texts are not searched for it. */
      sharedName: z.boolean(),
      /** Entries that name a file after him: a file's name is part of the leaf. */
      fileNames: z.int(),
      /** Versions of process maps whose file, kept as it came, holds his name: its SHA-256 is what people approved. */
      mapFiles: z.int(),
    }),
  })
  .meta({ id: 'ErasurePreview' });
export type ErasureView = z.infer<typeof erasureView>;

export const erasureResult = z
  .strictObject({
    erasedOn: day,
    /** He was erased before and nothing more could go: nothing was done. */
    already: z.boolean(),
    /** The entry of the trail that lists what went; null where nothing was done. */
    entryId: z.uuid().nullable(),
    payloads: z.int(),
    texts: z.int(),
    account: z.enum(['none', 'erased', 'stays']),
    signaturesKept: z.int(),
  })
  .meta({ id: 'Erasure' });
export type ErasureResult = z.infer<typeof erasureResult>;

export const erasureInput = z.strictObject({
  /** Names nobody: it is kept for as long as the trail is. */
  reason: z.string().trim().min(3).max(2000),
  /** Approvals under retention keep his name; without this the erasure is refused while there are any. */
  exceptSignatures: z.boolean().optional(),
  /** What he owns keeps pointing to nobody; without this the erasure is refused while there is any. */
  leaveDuties: z.boolean().optional(),
});
export type ErasureInput = z.infer<typeof erasureInput>;

export const previewErasure = endpoint({
  name: 'people.erasure',
  method: 'GET',
  path: '/api/v1/orgs/:org/people/:id/erasure',
  access: may('people.erase'),
  register: 'people',
  summary: 'What erasing a person would take away, what stands against it, and from when on',
  params: recordParams,
  response: erasureView,
});

export const erasePerson = endpoint({
  name: 'people.erase',
  method: 'POST',
  path: '/api/v1/orgs/:org/people/:id/erase',
  access: may('people.erase'),
  register: 'people',
  summary: 'Erase a person from records, history, payloads and search; takes the password, cannot be taken back',
  params: recordParams,
  body: erasureInput.extend({ password: typedPassword.optional() }),
  response: erasureResult,
});

export const erasureEndpoints = [previewErasure, erasePerson];
