import type { Values } from '@aimwell/contract/platform/register';
import { soaVersions } from '@aimwell/contract/soa/soa';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import type { Tx } from '../platform/database/pool.ts';
import type { Row } from '../platform/register/columns.ts';
import { findRows } from '../platform/register/read.ts';

export type Version = Row & Values<typeof soaVersions>;

/** The version being worked on: a draft, or one in review. */
export const readWorkingVersion = async (tx: Tx): Promise<Version | null> =>
  ((await findRows(tx, soaVersions, { state: ['draft', 'in_review'] }))[0] as Version | undefined) ?? null;

/** Why a version that left the draft takes no change. */
export const notADraft = (state: unknown): Refusal =>
  refusal(
    'NOT_A_DRAFT',
    `expected a draft, got a version in stage ${String(state)}`,
    state === 'in_review' ? 'Have it sent back, then change it.' : 'Start a new version.',
    'state',
  );
