import { decisions, implementationStates, reasonTypes } from '@aimwell/core/soa/entry';
import { everyone } from '@aimwell/core/roles/permissions';
import { z } from 'zod';
import { versionStates } from '../platform/approval.ts';
import { endpoint, members, orgParams, pastQuery } from '../platform/endpoint.ts';
import { referenceView } from '../platform/schema.ts';

const amount = z.int().min(0);
const day = z.iso.date();

const soaVersion = z
  .strictObject({
    id: z.uuid(),
    identifier: z.string(),
    name: z.string(),
    versionNumber: z.int(),
    state: z.enum(versionStates),
    /** Version of the record, for If-Match. */
    version: z.int(),
    createdAt: z.string(),
    submittedAt: z.string().nullable(),
    submittedBy: referenceView.nullable(),
    approvedOn: day.nullable(),
    approvedAt: z.string().nullable(),
    approvedBy: referenceView.nullable(),
    approvedFunction: z.string().nullable(),
    approvedStatement: z.string().nullable(),
    approvedHash: z.string().nullable(),
    treatmentPlan: referenceView.extend({ state: z.enum(versionStates) }).nullable(),
    ownControlsStatement: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'SoaVersion' });
export type SoaVersionView = z.infer<typeof soaVersion>;

const contradiction = z.strictObject({
  kind: z.enum(['open_treatment', 'confirmed_link', 'inventory']),
  message: z.string(),
  remedy: z.string(),
  /** At most twenty codes of the records that contradict; `recordCount` says how many there are. */
  records: z.array(z.string()).max(20),
  recordCount: amount,
  /** Keeps the version from being submitted. */
  blocks: z.boolean(),
});

const entry = z
  .strictObject({
    id: z.uuid(),
    identifier: z.string(),
    /** Version of the record, for If-Match. */
    version: z.int(),
    /** "A.6.2.4", or the identifier of an own control ("OWN-0001"). */
    control: z.string(),
    ownControl: referenceView.nullable(),
    title: z.string(),
    /** "A.6", or "own". */
    area: z.string(),
    decision: z.enum(decisions),
    reasons: z.array(z.enum(reasonTypes)),
    justification: z.string().nullable(),
    risks: z.array(referenceView),
    objectives: z.array(referenceView),
    laws: z.string().nullable(),
    contracts: z.string().nullable(),
    linksConfirmed: z.boolean(),
    contradictionNote: z.string().nullable(),
    status: z.enum(implementationStates),
    owner: referenceView.nullable(),
    targetDate: day.nullable(),
    statusNote: z.string().nullable(),
    /** The first twenty treatments that name the control and were not cancelled; `treatmentCount` says how many there are. */
    treatments: z.array(referenceView.extend({ state: z.string() })).max(20),
    treatmentCount: amount,
    /**
     * Evidence that names the control: how much there is, how much of it holds today, and until when the longest of that holds.
     * `openEnded`: one of those that hold has no end. `daysLeft` is null then, and when nothing holds.
     */
    evidence: z.strictObject({
      count: amount,
      valid: amount,
      validUntil: day.nullable(),
      openEnded: z.boolean(),
      daysLeft: z.int().nullable(),
    }),
    lastTest: z
      .strictObject({
        id: z.uuid(),
        identifier: z.string(),
        title: z.string(),
        testedOn: day,
        outcome: z.string(),
        nextDue: day.nullable(),
      })
      .nullable(),
    contradictions: z.array(contradiction),
    /** What an auditor would ask next; never keeps it from being submitted. */
    gaps: z.array(z.enum(['REASON_NOT_LINKED', 'OWNER_MISSING', 'TARGET_MISSING', 'STATUS_OF_EXCLUDED'])),
  })
  .meta({ id: 'SoaRow' });
export type SoaRow = z.infer<typeof entry>;

const counts = z.strictObject({
  total: amount,
  included: amount,
  excluded: amount,
  undecided: amount,
  /** Included and implemented or effective. */
  inForce: amount,
});

/** The Statement of Applicability as one page: version, nine bands, a row for each control, and what stands against it. */
export const readSoa = endpoint({
  name: 'soa.read',
  method: 'GET',
  path: '/api/v1/orgs/:org/soa',
  access: members(everyone),
  register: 'soa-versions',
  summary: 'The Statement of Applicability: the version being worked on, else the one in force, or the version named',
  params: orgParams,
  query: z.strictObject({ version: z.uuid().optional(), ...pastQuery }),
  asOf: true,
  response: z
    .strictObject({
      /** Null while none was ever started. */
      version: soaVersion.nullable(),
      /** All versions, newest first. */
      versions: z.array(soaVersion.pick({ id: true, identifier: true, name: true, versionNumber: true, state: true, approvedOn: true })),
      /** What may be changed: everything in a draft; how far a control is, in an approved version too. */
      editable: z.enum(['all', 'status', 'nothing']),
      counts,
      /** Nine areas of Annex A, then `own` if there are own controls. */
      areas: z.array(
        z.strictObject({
          id: z.string(),
          title: z.string(),
          counts,
          objectives: z.array(z.strictObject({ number: z.string(), title: z.string(), objective: z.string() })),
        }),
      ),
      rows: z.array(entry),
      /** Everything that keeps the version from being submitted or approved; empty when nothing does, and for versions approved. */
      against: z.array(z.strictObject({ code: z.string(), field: z.string().optional(), message: z.string(), remedy: z.string() })),
    })
    .meta({ id: 'Soa' }),
});
export type SoaView = z.infer<typeof readSoa.response>;

const changed = z.union([z.string(), z.boolean(), z.array(z.string()), z.null()]);

/** Risks, objectives and owners are told by identifier or name. */
export const readSoaDiff = endpoint({
  name: 'soa.diff',
  method: 'GET',
  path: '/api/v1/orgs/:org/soa/diff',
  access: members(everyone),
  register: 'soa-versions',
  summary: 'What changed between two versions of the Statement of Applicability, by control and field',
  params: orgParams,
  query: z.strictObject({ from: z.uuid(), to: z.uuid(), ...pastQuery }),
  asOf: true,
  response: z
    .strictObject({
      from: soaVersion.pick({ id: true, identifier: true, name: true, versionNumber: true, state: true, approvedOn: true }),
      to: soaVersion.pick({ id: true, identifier: true, name: true, versionNumber: true, state: true, approvedOn: true }),
      changes: z.array(
        z.strictObject({
          control: z.string(),
          title: z.string(),
          change: z.enum(['added', 'removed', 'changed']),
          fields: z.array(z.strictObject({ field: z.string(), from: changed, to: changed })),
        }),
      ),
    })
    .meta({ id: 'SoaDiff' }),
});

export const soaEndpoints = [readSoa, readSoaDiff];
