import { everyone, riskKeepers, writers } from '@aimwell/core/roles/permissions';
import { choice, codes, date, integer, longText, person, references, text } from '../platform/field.ts';
import { register } from '../platform/register.ts';

/** Evidence: a file (by SHA-256) or a link, what it proves, and how long it holds. Files are set by the upload, never by editing. */
export const evidence = register({
  name: 'evidence',
  room: 'evidence',
  prefix: 'EVD',
  title: 'title',
  clauses: ['7.5', '8.1'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    kind: choice(['file', 'link', 'statement'], { initial: 'link', inList: true, filter: true }),
    url: text({ max: 2000 }),
    description: longText({ search: true }),
    controls: codes('controls', { inList: true, filter: true }),
    requirements: codes('requirements', { filter: true }),
    systems: references('systems', { inList: true, filter: true }),
    risks: references('risks', {}),
    treatments: references('treatments', {}),
    source: choice(['person', 'process', 'api', 'import'], { initial: 'person', filter: true }),
    collectedOn: date({ required: true, inList: true, filter: true, sort: true }),
    lateReason: longText(),
    validFrom: date({ inList: true }),
    validUntil: date({ inList: true, filter: true, sort: true }),
    owner: person({ inList: true, filter: true }),
    fileName: text({ managed: 'upload', max: 300 }),
    fileType: text({ managed: 'upload', max: 120 }),
    fileSize: integer({ managed: 'upload' }),
    sha256: text({ managed: 'upload', max: 64, filter: true }),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: riskKeepers },
  importable: true,
});
