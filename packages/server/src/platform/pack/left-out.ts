/** Registers of which a pack carries the entries but not what they say, and why. The registers of concerns and of customers belong here. */
export const withheld: Readonly<Record<string, string>> = {
  invitations: 'names the addresses of people who were invited; on purpose, since an audit needs that it happened, not who was asked',
};

export const because = {
  erased: (entry: string | null): string =>
    `erased at the wish of a person or at the end of its retention${entry === null ? '' : `, recorded by entry ${entry}`}`,
  withheld: (register: string): string => withheld[register] ?? '',
  purged: 'its file was deleted by the rule on how long it is kept; the entry says what it was',
  lost: 'its file is missing, and no rule deleted it; the entry says what it was',
  damaged: 'its file does not match its SHA-256 any more and is not handed out',
} as const;

/** One line of the file LEFT-OUT: path or name, and why it is not here. */
export const leftOutLine = (what: string, why: string): string => `${what}\t${why}\n`;
