import { tokenPurposes } from '@aimwell/core/identity/token';
import { roles } from '@aimwell/core/roles/permissions';
import { z } from 'zod';

export const roleList = z.array(z.enum(roles)).max(roles.length);

/** IANA name as `Intl` knows it, e.g. `Europe/Vienna`. */
export const timeZone = z
  .string()
  .max(60)
  .refine((name) => knownTimeZone(name), 'expected an IANA time zone such as Europe/Vienna');

const knownTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** Trimmed and in lower case: two spellings are one account. */
export const emailAddress = z.string().trim().toLowerCase().max(254).pipe(z.email());
/** Length only: rules about classes of characters make passwords worse (ASVS 6.2.5). */
export const newPassword = z.string().min(12, 'expected 12 characters or more').max(128);
/** Whatever somebody typed as his password; bounded so that hashing it cannot be a burden. */
export const typedPassword = z.string().min(1).max(200);
export const personName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\r\n]*$/u, 'expected one line');
/** `acme-robotics`: what stands in the address and in commands. */
export const slug = z.string().trim().min(2).max(40);

/** One organisation somebody belongs to, with what he is there. */
export const membershipView = z
  .strictObject({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    /** A demonstration, not real records. */
    demo: z.boolean(),
    roles: roleList,
    /** His row in the organisation's directory of people. */
    personId: z.uuid(),
    /** Last day of access, for those who have one. */
    validUntil: z.iso.date().nullable(),
    /** External auditors may see what the rules predict. */
    sharesConformity: z.boolean(),
  })
  .meta({ id: 'OrganisationOfMine' });

export const sessionView = z
  .strictObject({
    /** Null when nobody is signed in. */
    person: z.strictObject({ accountId: z.string(), name: z.string(), email: z.string() }).nullable(),
    organisations: z.array(membershipView),
  })
  .meta({ id: 'Session' });
export type SessionView = z.infer<typeof sessionView>;

/** The organisation's own settings. What is absent follows the product's defaults. */
export const organisationSettings = z
  .strictObject({
    conformity: z
      .strictObject({
        /** Months, days or counts by name of the interval, as the conformity settings list them. */
        intervals: z.record(z.string().max(80), z.int().min(0).max(3650)).optional(),
        thresholds: z.record(z.string().max(80), z.number().min(0).max(1_000_000)).optional(),
      })
      .optional(),
    /** Years for which records are kept, by register, as the organisation adopted them. */
    retention: z.record(z.string().max(60), z.int().min(0).max(100)).optional(),
    /** External auditors see the predictions only if this is true. */
    shareConformityWithAuditors: z.boolean().optional(),
    /** Approvals by API token are refused unless this is true. */
    tokensMaySign: z.boolean().optional(),
    /** What stands against erasing a person. */
    erasure: z
      .strictObject({
        /** Years for which the name under an approval stays after something else came into force; three unless said. */
        signatureYears: z.int().min(0).max(50).optional(),
        /** While it holds, nobody is erased; `until` is its last day. */
        legalHold: z
          .strictObject({ reason: z.string().trim().min(3).max(300), until: z.iso.date().nullable() })
          .nullable()
          .optional(),
      })
      .optional(),
    /** Where the guided first hour stands; read and written by the web alone. */
    firstHour: z.record(z.string().max(80), z.unknown()).optional(),
  })
  .meta({ id: 'OrganisationSettings' });
export type OrganisationSettings = z.infer<typeof organisationSettings>;

export const organisationView = z
  .strictObject({
    id: z.uuid(),
    slug: z.string(),
    name: z.string(),
    timeZone: z.string(),
    demo: z.boolean(),
    createdAt: z.string(),
    settings: organisationSettings,
  })
  .meta({ id: 'Organisation' });
export type OrganisationView = z.infer<typeof organisationView>;

export const memberView = z
  .strictObject({
    id: z.uuid(),
    personId: z.uuid(),
    name: z.string(),
    function: z.string().nullable(),
    email: z.string(),
    roles: roleList,
    status: z.enum(['active', 'suspended']),
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
    /** The one who asks. */
    you: z.boolean(),
    createdAt: z.string(),
  })
  .meta({ id: 'Member' });
export type MemberView = z.infer<typeof memberView>;

export const invitationView = z
  .strictObject({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    function: z.string().nullable(),
    roles: roleList,
    validFrom: z.iso.date().nullable(),
    validUntil: z.iso.date().nullable(),
    state: z.enum(['open', 'accepted', 'revoked', 'expired']),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' });
export type InvitationView = z.infer<typeof invitationView>;

export const tokenView = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    /** The one purpose it is for; null when it may do what its role may. */
    only: z.enum(tokenPurposes).nullable(),
    state: z.enum(['valid', 'revoked', 'expired']),
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
  })
  .meta({ id: 'ApiToken' });
export type TokenView = z.infer<typeof tokenView>;
