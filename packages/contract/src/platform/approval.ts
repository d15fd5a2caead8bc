import { z } from 'zod';
import { date, longText, moment, person, text } from './field.ts';
import { calendarDay } from './schema.ts';

/** The two dates of every decision: entered by a person, and set by the server. A gap over seven days takes a reason. */
export const happened = z.strictObject({
  happenedOn: calendarDay.optional(),
  lateReason: z.string().trim().min(3).max(2000).optional(),
});

/** Body of an approval: the statement the approver puts his name to. */
export const approvalInput = happened.extend({ statement: z.string().trim().min(3).max(2000).optional() });

/** Fields of a record that goes draft → in review → approved → superseded; all set by its commands. */
export const versionStates = ['draft', 'in_review', 'approved', 'superseded'] as const;

/** Name, function, time and version hash of a signature, as stored on what was signed. */
export const signatureFields = {
  submittedBy: person({ managed: 'submit', group: 'approval' }),
  submittedAt: moment({ managed: 'submit', group: 'approval' }),
  approvedBy: person({ managed: 'approve', group: 'approval', inList: true }),
  /** As the directory said it then; names change, signatures do not. */
  approvedName: text({ managed: 'approve', group: 'approval' }),
  approvedFunction: text({ managed: 'approve', group: 'approval' }),
  approvedStatement: longText({ managed: 'approve', group: 'approval' }),
  approvedHash: text({ managed: 'approve', group: 'approval' }),
  approvedOn: date({ managed: 'approve', group: 'approval', inList: true, sort: true }),
  approvedAt: moment({ managed: 'approve', group: 'approval' }),
  lateReason: longText({ managed: 'approve', group: 'approval' }),
} as const;
