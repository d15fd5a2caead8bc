/** How a node is coloured, and the number or word that hangs on it. */
export interface Mark {
  readonly tone?: 'ok' | 'acc' | 'bad' | 'warn' | 'none' | undefined;
  readonly badge?: string | undefined;
}
export interface DiagramProps {
  readonly xml: string;
  /** By node. Hand in the same object as long as nothing changed. */
  readonly marks: Readonly<Record<string, Mark>>;
  /** The element to have in sight at first; without it, the beginning of the map. */
  readonly at?: string | undefined;
  readonly label: string;
  /** Without its ending. */
  readonly fileName: string;
}
