import { refusal } from '../shared/refusal.ts';
import { der, DER, derInteger, type DerValue, readDer } from './der.ts';
import type { Parsed } from './note.ts';

/** What a time-stamp authority says: this hash was shown to it at that moment (RFC 3161). Its signature is judged elsewhere. */
export interface TimeStamp {
  /** SHA-256 of what was stamped. */
  readonly imprint: Uint8Array;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** As sent with the request, without zeros in front; null when the authority left it out. */
  readonly nonce: Uint8Array | null;
}

const SHA256 = Uint8Array.of(0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01);
const TST_INFO = Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04);

/** The question to an authority, in DER: stamp this SHA-256, answer this nonce, and put your certificate in. */
export const timeStampRequest = ({ sha256, nonce }: { readonly sha256: Uint8Array; readonly nonce: Uint8Array }): Uint8Array => {
  if (sha256.length !== 32) throw new Error(`expected 32 bytes of SHA-256, got ${sha256.length}`);
  const algorithm = der(DER.sequence, SHA256, der(DER.null));
  const imprint = der(DER.sequence, algorithm, der(DER.octets, sha256));
  return der(DER.sequence, derInteger(Uint8Array.of(1)), imprint, derInteger(nonce), der(DER.boolean, Uint8Array.of(0xff)));
};

const inside = (value: DerValue | undefined, tag: number): DerValue[] => (value?.tag !== tag ? [] : (readDer(value.content) ?? []));
const same = (a: Uint8Array | undefined, b: Uint8Array): boolean => a?.length === b.length && b.every((byte, at) => byte === a[at]);
const unpadded = (bytes: Uint8Array): Uint8Array =>
  bytes.subarray(
    Math.max(
      bytes.findIndex((byte) => byte !== 0),
      0,
    ),
  );
const letters = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 300));

const no = (code: string, message: string, remedy: string) => ({ refused: [refusal(code, message, remedy)] });
const unreadable = (got: string) =>
  no('NOT_A_TIME_STAMP', `expected a time-stamp response in DER (RFC 3161), got ${got}`, 'Check the address of the time-stamp authority.');

/** Reads a response: granted or refused, and what it stamps. Does not judge the signature. */
export const parseTimeStamp = (response: Uint8Array): Parsed<TimeStamp> => {
  const [status, token] = inside(readDer(response)?.[0], DER.sequence);
  const [code, texts] = inside(status, DER.sequence);
  if (code?.tag !== DER.integer) return unreadable('something else');
  // 0 granted, 1 granted with changes; the rest are refusals.
  if (code.content.length !== 1 || (code.content[0] ?? 9) > 1) {
    const why = inside(texts, DER.sequence).map(({ content }) => letters(content));
    return no(
      'TIME_STAMP_REFUSED',
      `expected status granted, got ${[...code.content].join('.')}${why.length === 0 ? '' : ` (${why.join('; ')})`}`,
      'Ask the time-stamp authority what it accepts.',
    );
  }
  const [, wrapped] = inside(token, DER.sequence);
  const [signed] = inside(wrapped, DER.explicit0);
  const [type, held] = inside(inside(signed, DER.sequence)[2], DER.sequence);
  const [octets] = inside(held, DER.explicit0);
  if (!same(type?.content, TST_INFO) || octets?.tag !== DER.octets) return unreadable('a token without a time stamp in it');
  return readInfo(inside(readDer(octets.content)?.[0], DER.sequence));
};

const readInfo = (fields: readonly DerValue[]): Parsed<TimeStamp> => {
  const [, , imprint, , time, ...rest] = fields;
  const [algorithm, hash] = inside(imprint, DER.sequence);
  const at = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(time?.tag === DER.time ? letters(time.content) : '');
  if (at === null) return unreadable('a time stamp without its time');
  if (!same(inside(algorithm, DER.sequence)[0]?.content, SHA256.subarray(2)) || hash?.tag !== DER.octets)
    return no('OTHER_HASH', 'expected the time stamp of a SHA-256', 'Ask the time-stamp authority for SHA-256.');
  const nonce = rest.find(({ tag }) => tag === DER.integer);
  const [, year, month, day, hour, minute, second, fraction] = at;
  return {
    value: {
      imprint: hash.content,
      at: `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction ?? ''}Z`,
      nonce: nonce === undefined ? null : unpadded(nonce.content),
    },
  };
};
