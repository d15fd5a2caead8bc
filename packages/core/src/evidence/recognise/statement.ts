import type { Refusal } from '../../shared/refusal.ts';
import { expected, isObject, type Json, type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { broken, mostSubjects, type Recognition, type Subject, summaryOf } from './summary.ts';

const statementType = /^https:\/\/in-toto\.io\/Statement\/(v0\.1|v1)$/;

export const claimsStatement = (value: JsonObject): boolean => (textOf(value['_type']) ?? '').startsWith('https://in-toto.io/Statement/');

/** An in-toto statement (v0.1, v1): what it is about, what it claims, and for SLSA provenance who built it. */
export function readStatement(value: JsonObject): Recognition {
  const version = statementType.exec(textOf(value['_type']) ?? '')?.[1];
  const subjects = listOf(value['subject']);
  const predicateType = textOf(value['predicateType']);
  const problems: Refusal[] = [
    ...(version === undefined ? [expected('in-toto', '_type', 'https://in-toto.io/Statement/v1 or v0.1', value['_type'])] : []),
    ...(subjects.length === 0 ? [expected('in-toto', 'subject', 'a list of one or more subjects', value['subject'])] : []),
    ...(predicateType === null ? [expected('in-toto', 'predicateType', 'the type of the predicate', value['predicateType'])] : []),
    ...subjects.flatMap((subject, index) => againstSubject(subject, `subject[${index}]`)),
  ];
  if (problems.length > 0) return broken(problems);
  const predicate = objectOf(value['predicate']);
  return summaryOf({
    format: 'in-toto',
    formatVersion: version ?? null,
    madeBy: builderOf(predicate),
    counts: { subjects: subjects.length, ...countsOf(predicate) },
    details: detailsOf(predicateType ?? '', predicate),
    subjects: subjects.slice(0, mostSubjects).map(subjectOf),
  });
}

const subjectOf = (given: Json): Subject => {
  const subject = objectOf(given);
  const sha256 = objectOf(subject['digest'])['sha256'];
  return {
    name: textOf(subject['name']) ?? textOf(subject['uri']) ?? '',
    sha256: typeof sha256 === 'string' && isSha256(sha256) ? sha256.toLowerCase() : null,
  };
};

const isSha256 = (text: string) => /^[0-9a-f]{64}$/i.test(text);

const againstSubject = (given: Json, place: string): Refusal[] => {
  if (!isObject(given)) return [expected('in-toto', place, 'a subject', given)];
  const digest = given['digest'];
  if (!isObject(digest) || Object.keys(digest).length === 0)
    return [expected('in-toto', `${place}.digest`, 'a digest by algorithm', digest)];
  const { sha256 } = digest;
  return sha256 === undefined || (typeof sha256 === 'string' && isSha256(sha256))
    ? []
    : [expected('in-toto', `${place}.digest.sha256`, '64 hexadecimal digits', sha256)];
};

/** SLSA 1.x says the builder in `runDetails`, 0.x beside it; verification summaries name the verifier. */
const builderOf = (predicate: JsonObject): string | null =>
  textOf(objectOf(objectOf(predicate['runDetails'])['builder'])['id']) ??
  textOf(objectOf(predicate['builder'])['id']) ??
  textOf(objectOf(predicate['verifier'])['id']);

const detailsOf = (predicateType: string, predicate: JsonObject): Record<string, string> => {
  const buildType = textOf(objectOf(predicate['buildDefinition'])['buildType']) ?? textOf(predicate['buildType']);
  const result = textOf(predicate['result']) ?? textOf(predicate['verificationResult']);
  return { predicateType, ...(buildType === null ? {} : { buildType }), ...(result === null ? {} : { result }) };
};

/** The predicate for test results (in-toto test-result v0.1) lists tests by how they ended. */
const countsOf = (predicate: JsonObject): Record<string, number> =>
  Object.fromEntries(
    (
      [
        ['passed', 'passedTests'],
        ['warned', 'warnedTests'],
        ['failed', 'failedTests'],
      ] as const
    ).flatMap(([name, list]) => (Array.isArray(predicate[list]) ? [[name, listOf(predicate[list]).length]] : [])),
  );
