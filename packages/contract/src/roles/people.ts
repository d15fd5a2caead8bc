import { everyone, managers } from '@aimwell/core/roles/permissions';
import { boolean, text } from '../platform/field.ts';
import { register } from '../platform/register.ts';

/** The directory: everyone who owns, reviews or signs something here, with or without an account. */
export const people = register({
  name: 'people',
  room: 'roles',
  prefix: 'PER',
  title: 'name',
  clauses: ['5.3', '7.2'],
  fields: {
    name: text({ required: true, max: 200, inList: true, sort: true, search: true }),
    function: text({ max: 200, inList: true, search: true, synonyms: ['job title', 'position', 'role'] }),
    email: text({ max: 254, inList: true, search: true, synonyms: ['e-mail', 'mail'] }),
    unit: text({ max: 200, inList: true }),
    active: boolean({ initial: true, filter: true, inList: true }),
  },
  permissions: { read: everyone, create: managers, change: managers, archive: managers },
  importable: true,
  examples: [{ name: 'AIMS manager', function: 'Head of AI governance', email: 'aims@example.org' }],
});
