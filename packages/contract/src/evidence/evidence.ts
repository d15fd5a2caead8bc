import { workers } from '@aimwell/core/processes/tasks';
import { everyone, riskKeepers, writers } from '@aimwell/core/roles/permissions';
import { choice, codes, date, integer, longText, person, references, result, text } from '../platform/field.ts';
import { register } from '../platform/register.ts';

/**
 * Evidence: a file (by SHA-256) or a link, what it proves, where it came from, and how long it holds. Files are set by the
 * upload, never by editing; a file that is replaced stays reachable as the version it was.
 */
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
    ownControls: references('controls', {}),
    systems: references('systems', { inList: true, filter: true }),
    risks: references('risks', {}),
    treatments: references('treatments', {}),
    /** By which way it came; the house sees that itself, so nobody types it. */
    source: choice(['person', 'process', 'api', 'import'], { managed: 'create', initial: 'person', filter: true }),
    collectedOn: date({ required: true, inList: true, filter: true, sort: true }),
    lateReason: longText(),
    validFrom: date({ inList: true, filter: true }),
    validUntil: date({ inList: true, filter: true, sort: true }),
    /** Months after which it is collected anew; the next day follows from it unless one is given. */
    intervalMonths: integer({ min: 1, max: 120 }),
    nextDue: date({ inList: true, filter: true, sort: true }),
    owner: person({ inList: true, filter: true }),
    fileName: text({ managed: 'upload', max: 300 }),
    fileType: text({ managed: 'upload', max: 120 }),
    fileSize: integer({ managed: 'upload' }),
    sha256: text({ managed: 'upload', max: 64, filter: true }),
    /** What the file says by its own format (test results, a scan, an attestation), as `summary.ts` describes it. */
    summary: result('upload'),
    /** Evidence whose file this attestation names by SHA-256. */
    attests: references('evidence', { managed: 'upload' }),
    /** The day its bytes were deleted because their retention had ended; record, trail and SHA-256 stay. */
    purgedOn: date({ managed: 'purge', filter: true }),
  },
  // Whoever can be given a task can prove that it was done: the auditor his report, management its minutes.
  permissions: { read: everyone, create: workers, change: writers, archive: riskKeepers },
  importable: true,
});
