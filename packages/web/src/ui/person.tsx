const tones = ['', 'b2', 'b3', 'b4', 'b5'] as const;

/** Two letters of a name: first and last word. */
export const initialsOf = (name: string): string => {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^\p{L}/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]?.slice(0, 2)];
  return (
    letters
      .map((word, index) => (words.length > 1 ? (word ?? '').charAt(0) : index === 0 ? (word ?? '?') : ''))
      .join('')
      .toUpperCase() || '?'
  );
};

const toneOfName = (name: string): string =>
  tones[[...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % tones.length] ?? '';

/** A person's initials; the name stands in the title, and beside it where there is room. `null` means nobody. */
export const Initials = ({ name, large = false }: { name: string | null; large?: boolean }) =>
  name === null ? (
    <span className="av no" title="nobody" role="img" aria-label="nobody">
      ?
    </span>
  ) : (
    <span className={`av ${toneOfName(name)}${large ? ' lg' : ''}`} title={name} role="img" aria-label={name}>
      {initialsOf(name)}
    </span>
  );

/** Initials and name. */
export const PersonName = ({ name }: { name: string | null }) =>
  name === null ? (
    <span className="row dim">
      <span className="av no" aria-hidden="true">
        ?
      </span>
      nobody
    </span>
  ) : (
    <span className="row" style={{ minWidth: 0 }}>
      <span className={`av ${toneOfName(name)}`} aria-hidden="true">
        {initialsOf(name)}
      </span>
      <span className="ell">{name}</span>
    </span>
  );
