import { hash } from 'node:crypto';
import type { Hash } from '@aimwell/core/trail/tree';

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const sha256 = (...parts: readonly Uint8Array[]): Hash => hash('sha256', Buffer.concat(parts), 'buffer');

/** SHA-256 of 0x00 and the envelope in UTF-8: the leaf of an entry (RFC 6962 §2.1). */
export const leafHash = (envelope: string): Hash => sha256(LEAF, Buffer.from(envelope, 'utf8'));
/** SHA-256 of 0x01, left, right. */
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(NODE, left, right);
