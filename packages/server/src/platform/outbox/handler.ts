import type { Tx } from '../database/pool.ts';

/** A message as its handler sees it. */
export interface Message {
  readonly organisationId: string;
  /** The same at every try: whoever receives what is sent can tell a repetition by it. */
  readonly id: string;
  readonly kind: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** 1 at the first try. */
  readonly attempt: number;
}

/** What has to be written once the effect has happened, in the transaction that marks the message as done. */
export type Finish = (tx: Tx) => Promise<void>;

/**
 * Carries out one kind of message. It reads what it needs by `read`, a short transaction of the organisation; no transaction is
 * open while it sends. It may run twice for one message (a server can die after sending), its `Finish` is committed once. An
 * error means another try later; `Undeliverable` means that another try cannot help.
 */
export type Handler = (message: Message, read: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) => Promise<Finish | void>;

export type Handlers = Readonly<Record<string, Handler>>;

/** Trying again cannot help; a person has to do something first. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}
