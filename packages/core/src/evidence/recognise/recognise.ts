import { refusal } from '../../shared/refusal.ts';
import { envelopeOf, readEnvelope } from './dsse.ts';
import { isObject, type Json, readJson } from './json.ts';
import { claimsJunit, readJunit } from './junit.ts';
import { claimsSarif, readSarif } from './sarif.ts';
import { readCycloneDx, readSpdx } from './sbom.ts';
import { claimsStatement, readStatement } from './statement.ts';
import { broken, mostSubjects, type Recognition, type Summary } from './summary.ts';

/** Bytes beyond which a file is kept without being read for what it says. */
export const mostBytesRead = 32 * 1024 * 1024;

const claimingName = /\.(?:sarif|json|jsonl|dsse|intoto|att)$/i;
const claimingHead = /sarif-|sarif-schema|"payloadType"\s*:|https:\/\/in-toto\.io\/Statement|"bomFormat"\s*:|"spdxVersion"\s*:/;

/** True when a file says by its name or its beginning that it is one of the formats read here. */
export const claimsFormat = (head: string, name: string): boolean =>
  /\.sarif(?:\.json)?$|\.intoto\.jsonl?$/i.test(name) || claimingHead.test(head.slice(0, 4000)) || claimsJunit(head);

/** A file that claims a format and is larger than what is read. */
export const tooLarge = (size: number): Recognition =>
  broken([
    refusal(
      'TOO_LARGE_TO_READ',
      `expected at most ${mostBytesRead} bytes of a file that is to be summarised, got ${size}`,
      'Split the results, or add the file as a plain one under another name.',
      'file',
    ),
  ]);

/**
 * What a file is, by its content; its name only decides whether broken JSON counts as broken or as some other text.
 * @param text the whole file, decoded as UTF-8 without a byte order mark
 */
export function recognise(text: string, name: string): Recognition {
  if (claimsJunit(text)) return readJunit(text);
  const claims = claimingName.test(name) || claimsFormat(text, name);
  if (!/^\s*[{[]/.test(text)) return claims && /\.(?:sarif|json|dsse)$/i.test(name) ? notJson(text) : { kind: 'file' };
  const whole = readJson(text);
  if ('value' in whole) return ofValue(whole.value);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > 1 && /\.jsonl$/i.test(name)) return ofLines(lines);
  return claims ? broken([whole.problem]) : { kind: 'file' };
}

const notJson = (text: string): Recognition => {
  const read = readJson(text);
  return 'problem' in read ? broken([read.problem]) : { kind: 'file' };
};

const ofValue = (value: Json): Recognition => {
  if (!isObject(value)) return { kind: 'file' };
  const envelope = envelopeOf(value);
  if (envelope !== null) return readEnvelope(envelope);
  if (claimsStatement(value)) return readStatement(value);
  if (value['bomFormat'] === 'CycloneDX') return readCycloneDx(value);
  if ('spdxVersion' in value) return readSpdx(value);
  return claimsSarif(value) ? readSarif(value) : { kind: 'file' };
};

const mostLines = 1000;

/** Attestations one a line (in-toto bundle). Other lines of JSON are a log, and a file. */
const ofLines = (lines: readonly string[]): Recognition => {
  if (lines.length > mostLines) return { kind: 'file' };
  const read = lines.map(readJson);
  const torn = read.find((one) => 'problem' in one);
  if (torn !== undefined && 'problem' in torn) return broken([torn.problem]);
  const each = read.flatMap((one) => ('value' in one ? [ofValue(one.value)] : []));
  const wrong = each.flatMap((one) => (one.kind === 'broken' ? one.problems : []));
  if (wrong.length > 0) return broken(wrong);
  const summaries = each.flatMap((one) => (one.kind === 'summary' ? [one.summary] : []));
  const [first] = summaries;
  return first === undefined || summaries.length < each.length
    ? { kind: 'file' }
    : { kind: 'summary', summary: together(first, summaries) };
};

const together = (first: Summary, all: readonly Summary[]): Summary => {
  const counts: Record<string, number> = { statements: all.length };
  for (const one of all) for (const [name, n] of Object.entries(one.counts)) counts[name] = (counts[name] ?? 0) + n;
  return { ...first, counts, subjects: all.flatMap(({ subjects }) => subjects).slice(0, mostSubjects) };
};
