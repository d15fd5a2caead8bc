import { registers } from '@aimwell/contract/registers';
import { linkedFields, linkTable } from '../register/ddl.ts';

/**
 * How a change past the product shows in each table, or why the table is no evidence. A table that is not named here fails the
 * test beside: whoever adds one says what protects it.
 */
export type Coverage =
  | {
      readonly verified: string;
      /** Columns that prove nothing and are not held against anything, each with its reason. */
      readonly except?: Readonly<Record<string, string>>;
      /** Ways of changing the table that need not show, each with its reason. */
      readonly ignored?: Readonly<Record<string, string>>;
    }
  | { readonly notEvidence: string };

const record: Coverage = { verified: 'the newest version of its history, and the payload of its entry' };
const twin: Coverage = { verified: 'the entry of each version, one to one, and its payload' };
const link: Coverage = { verified: 'the values of the record itself' };

const ofRun: Coverage = { verified: 'the seal in the newest entry of its run' };
const sealed: Coverage = { verified: 'the seal in its newest entry' };

const house: Readonly<Record<string, Coverage>> = {
  organizations: {
    verified: 'the entries that founded and changed it',
    except: {
      demo: 'a mark for people, set when it is founded',
      version: 'counts changes, some of which are nobody’s record',
      created_at: 'shown, and rests on nothing',
    },
  },
  memberships: {
    verified: 'the entries that gave, changed and took it',
    except: { account_id: 'how somebody signs in belongs to the installation', created_at: 'shown, and rests on nothing' },
  },
  invitations: {
    verified: 'the entries that made, revoked and accepted it',
    except: {
      function: 'a proposal for the directory',
      person_id: 'a proposal for the directory',
      invited_by: 'the actor of its entry says it',
      created_at: 'the time of its entry says it',
      expires_at: 'an invitation that lives longer still gives what its entry names',
    },
  },
  api_tokens: {
    verified: 'the entries that made and revoked it',
    except: { created_by: 'the actor of its entry says it', last_used_at: 'shown, and rests on nothing' },
  },
  comments: { verified: 'the entry of each comment' },
  files: {
    verified: 'the entry that names it, its evidence, and its bytes',
    except: { created_at: 'shown, and rests on nothing' },
  },
  integrity_checks: {
    verified: 'the entry of each check',
    except: { not_anchored: 'of that moment only', started_at: 'its end is in its entry', key_from_outside: 'said in its entry' },
  },
  process_maps: sealed,
  process_versions: sealed,
  process_deviations: sealed,
  process_starts: {
    verified: 'the seal in the newest entry of its version',
    except: { held_until: 'when a start that failed is looked at again; what is put off for longer than a day is found' },
  },
  process_feeds: {
    verified: 'the entries that made it and took it back',
    except: { created_at: 'the time of its entry says it' },
  },
  process_gates: { verified: 'the entries that bound and freed it' },
  process_instances: ofRun,
  process_scopes: ofRun,
  process_tokens: ofRun,
  process_subscriptions: {
    ...ofRun,
    except: { held_until: 'when a timer whose firing failed is looked at again; what is put off for longer than a day is found' },
  },
  process_tasks: ofRun,
  process_incidents: ofRun,
  process_evidence: ofRun,
  process_happenings: { verified: 'the entry that each line came with' },
  trail_entries: { verified: 'the leaf of each entry' },
  trail_payloads: {
    verified: 'the digest in the envelope',
    except: { erased_by: 'counts only where the payload is empty; then the erasure must list it' },
    ignored: { insert: 'a payload that no entry names is read by nobody' },
  },
  trail_leaves: { verified: 'the roots of the signed checkpoints' },
  trail_nodes: { verified: 'the tree grown anew from the leaves' },
  trail_checkpoints: { verified: 'their signatures, the tree, and each other' },
  trail_keys: {
    verified: 'keys from outside, and the notes by which one vouches for the next',
    except: { created_at: 'rests on nothing; checkpoints name their times', retired_at: 'rests on nothing; one key signs at a time' },
  },
};

const notEvidence: Readonly<Record<string, string>> = {
  trail_pending: 'the queue: an entry that lost its place in it is found, one without an entry is passed over',
  trail_lease: 'who may sequence now; each checkpoint names its epoch',
  counters: 'the next number to give; a number given twice is refused',
  idempotency_keys: 'answers kept for repeated requests',
  conformity_stale: 'marks for the rules',
  conformity_state: 'predictions, made anew from the records',
  conformity_results: 'predictions, made anew from the records',
  conformity_findings: 'predictions, made anew from the records',
  conformity_days: 'counts of predictions',
  search_documents: 'an index of the records, made anew from them',
  long_work: 'progress of work',
  import_rows: 'which row of which source became which record: a convenience for the next import',
  import_mappings: 'a convenience for the next import',
  integrity_due: 'when to check next',
  schema_migrations: 'which migrations ran',
  installation_refusals: 'counts of the running minute; what they come to is an entry of the installation log',
  outbox_messages: 'what is on its way; what arrived is told by entries',
  checkpoint_leaving: 'where checkpoints go is told by entries; whoever expects one misses it',
  checkpoint_recipients: 'where checkpoints go is told by entries; whoever expects one misses it',
  checkpoint_stamps: 'carries the signature of its authority, which whoever uses it checks',
  packs: 'a list; each pack proves itself, and its making is an entry',
  erasures: 'by it a restore repeats an erasure; what lets a payload be empty is the entry of the erasure',
};

/** Undefined for a table that nobody has thought of. */
export const coverageOf = (table: string): Coverage | undefined => {
  for (const register of registers) {
    if (table === register.table) return record;
    if (table === `${register.table}_history`) return twin;
    if (linkedFields(register).some(([name, field]) => linkTable(register, name, field) === table)) return link;
  }
  const reason = notEvidence[table];
  return house[table] ?? (reason === undefined ? undefined : { notEvidence: reason });
};
