import type { Refusal } from '../../shared/refusal.ts';
import { expected, isList, type JsonObject, listOf, objectOf, textOf } from './json.ts';
import { broken, type Recognition, summaryOf } from './summary.ts';

/** A list that may be left out and must be a list where it is there. */
const againstList = (format: string, value: JsonObject, name: string): Refusal[] =>
  value[name] === undefined || isList(value[name]) ? [] : [expected(format, name, 'a list', value[name])];

/** A bill of materials by CycloneDX: components, services, and known vulnerabilities. */
export function readCycloneDx(value: JsonObject): Recognition {
  const version = textOf(value['specVersion']);
  const problems = [
    ...(version === null ? [expected('cyclonedx', 'specVersion', 'the version of the format', value['specVersion'])] : []),
    ...['components', 'services', 'vulnerabilities'].flatMap((name) => againstList('cyclonedx', value, name)),
  ];
  if (problems.length > 0) return broken(problems);
  const tools = objectOf(value['metadata'])['tools'];
  const [tool] = [...listOf(tools), ...listOf(objectOf(tools)['components'])].map(objectOf);
  const about = objectOf(objectOf(value['metadata'])['component']);
  const name = textOf(about['name']);
  return summaryOf({
    format: 'cyclonedx',
    formatVersion: version,
    madeBy: tool === undefined ? null : [textOf(tool['name']), textOf(tool['version'])].filter((part) => part !== null).join(' '),
    counts: {
      components: listOf(value['components']).length,
      services: listOf(value['services']).length,
      vulnerabilities: listOf(value['vulnerabilities']).length,
    },
    details: name === null ? {} : { about: [name, textOf(about['version'])].filter((part) => part !== null).join(' ') },
  });
}

/** A bill of materials by SPDX 2.x: packages, files, relationships. */
export function readSpdx(value: JsonObject): Recognition {
  const version = textOf(value['spdxVersion']);
  const problems = [
    ...(version !== null && /^SPDX-\d+\.\d+$/.test(version)
      ? []
      : [expected('spdx', 'spdxVersion', 'a version such as SPDX-2.3', value['spdxVersion'])]),
    ...(textOf(value['name']) === null ? [expected('spdx', 'name', 'the name of the document', value['name'])] : []),
    ...['packages', 'files', 'relationships'].flatMap((name) => againstList('spdx', value, name)),
  ];
  if (problems.length > 0) return broken(problems);
  const creators = listOf(objectOf(value['creationInfo'])['creators']).flatMap((creator) => textOf(creator) ?? []);
  return summaryOf({
    format: 'spdx',
    formatVersion: version,
    madeBy: creators.find((creator) => creator.startsWith('Tool: '))?.slice(6) ?? null,
    counts: { packages: listOf(value['packages']).length, files: listOf(value['files']).length },
    details: { about: textOf(value['name']) ?? '' },
  });
}
