/** One value of DER (ITU-T X.690): its tag byte and what it holds. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  explicit0: 0xa0,
} as const;

const lengthBytes = (length: number): number[] => {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
};

/** A value as bytes: tag, length, content. */
export const der = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Uint8Array.from([tag, ...lengthBytes(length), ...content.flatMap((part) => [...part])]);
};

/** An integer that is not negative, from its bytes, the highest first: without zeros in front, except to keep the sign. */
export const derInteger = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? [0] : [...bytes.subarray(first)];
  return der(DER.integer, Uint8Array.from((digits[0] ?? 0) >= 0x80 ? [0, ...digits] : digits));
};

/** The values that follow each other in `bytes`; null where they are not DER, or a tag or length is of a kind that no time stamp uses. */
export const readDer = (bytes: Uint8Array): DerValue[] | null => {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (tag & 0x1f) === 0x1f || first === 0x80 || first > 0x84) return null;
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : bytes.subarray(at + 2, at + 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + more;
    if (start + length > bytes.length) return null;
    values.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return values;
};
