import type { AsOf } from '../database/pool.ts';
import type { Covering } from '../trail/covering.ts';
import { draftMark, type Report } from './model.ts';
import { figure, longDate, longMoment } from './text.ts';

/** A document as of a moment: says on its first page, and briefly on each, what it rests on. */
export const reportAsOf = (report: Report, { moment, checkpoint }: AsOf): Report => {
  const then = longMoment(moment.toISOString());
  const rests =
    checkpoint === null
      ? 'Nothing was recorded by then.'
      : `It rests on the first ${figure(checkpoint.size)} entries of the trail, under the checkpoint signed ${longMoment(checkpoint.at.toISOString())} with the root ${checkpoint.root}`;
  return {
    ...report,
    asOf: `As of ${then} · checkpoint ${figure(checkpoint?.size ?? 0)}`,
    sections: [{ blocks: [{ kind: 'note', text: `As of ${then}: what the records said then. ${rests}` }] }, ...report.sections],
  };
};

/** A document of today: says at its end under which checkpoint it was printed. What was written in the last moment may be newer. */
export const reportUnder = (report: Report, covering: Covering | null): Report =>
  covering === null
    ? report
    : {
        ...report,
        sections: [
          ...report.sections,
          {
            blocks: [
              {
                kind: 'note',
                text: `Printed under the checkpoint of ${figure(covering.size)} entries of the trail, signed ${longMoment(covering.at.toISOString())}, with the root ${covering.root}`,
              },
            ],
          },
        ],
      };

/** The left part of the foot of every page. */
export const footOf = ({ draft, date, asOf }: Report): string => [...(draft ? [draftMark] : []), asOf ?? longDate(date)].join(' · ');
