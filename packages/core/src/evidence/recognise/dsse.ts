import { textFromBase64 } from './base64-text.ts';
import { expected, isList, isObject, type JsonObject, listOf, objectOf, readJson, textOf } from './json.ts';
import { claimsStatement, readStatement } from './statement.ts';
import { broken, type Recognition, summaryOf } from './summary.ts';

/** A DSSE envelope by itself, or inside a Sigstore bundle. */
export const envelopeOf = (value: JsonObject): JsonObject | null => {
  if ('payloadType' in value && ('payload' in value || 'signatures' in value)) return value;
  const inside = value['dsseEnvelope'];
  return isObject(inside) ? inside : null;
};

/**
 * A signed envelope (DSSE 1.0) around, as a rule, an in-toto statement. Its signatures are counted and not checked: whose
 * key to trust is the reader's question, and the bytes are kept for him.
 */
export function readEnvelope(envelope: JsonObject): Recognition {
  const { payload, signatures } = envelope;
  const payloadType = textOf(envelope['payloadType']);
  const text = typeof payload === 'string' ? textFromBase64(payload) : null;
  const problems = [
    ...(payloadType === null ? [expected('dsse', 'payloadType', 'the type of the payload', envelope['payloadType'])] : []),
    ...(text === null ? [expected('dsse', 'payload', 'base64 of UTF-8 text', payload)] : []),
    ...(isList(signatures) && signatures.length > 0 ? [] : [expected('dsse', 'signatures', 'one or more signatures', signatures)]),
    ...listOf(signatures).flatMap((given, index) => {
      const sig = objectOf(given)['sig'];
      return typeof sig === 'string' && /^[A-Za-z0-9+/_-]+={0,2}$/.test(sig)
        ? []
        : [expected('dsse', `signatures[${index}].sig`, 'base64', sig)];
    }),
  ];
  if (problems.length > 0 || text === null) return broken(problems);
  const counts = { signatures: listOf(signatures).length };
  if (payloadType !== 'application/vnd.in-toto+json')
    return summaryOf({ format: 'dsse', counts, details: { payloadType: payloadType ?? '' } });
  const read = readJson(text);
  if ('problem' in read) return broken([read.problem]);
  if (!isObject(read.value) || !claimsStatement(read.value))
    return broken([expected('dsse', 'payload', 'an in-toto statement', read.value)]);
  const inside = readStatement(read.value);
  if (inside.kind !== 'summary') return inside;
  return { kind: 'summary', summary: { ...inside.summary, format: 'dsse', counts: { ...inside.summary.counts, ...counts } } };
}
