import { everyone, managers, writers } from '@aimwell/core/roles/permissions';
import { choice, date, longText, person, text } from '../platform/field.ts';
import { register } from '../platform/register.ts';

/** AI objectives: what is to be reached, how it is measured, by whom, with what, until when. */
export const objectives = register({
  name: 'objectives',
  room: 'objectives',
  prefix: 'OBJ',
  title: 'title',
  clauses: ['6.2'],
  fields: {
    title: text({ required: true, max: 300, inList: true, search: true, sort: true }),
    description: longText({ search: true }),
    metric: text({ max: 300, inList: true }),
    target: text({ max: 200, inList: true }),
    notMeasurableReason: longText(),
    owner: person({ inList: true, filter: true }),
    resources: longText(),
    dueDate: date({ inList: true, filter: true, sort: true }),
    evaluation: longText(),
    status: choice(['planned', 'on_track', 'at_risk', 'reached', 'missed', 'dropped'], { initial: 'planned', inList: true, filter: true }),
    current: text({ max: 200, inList: true }),
    measuredOn: date({ inList: true }),
    frequency: choice(['weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly'], {}),
  },
  permissions: { read: everyone, create: writers, change: writers, archive: managers },
  importable: true,
});
