import { fileName, formats } from '../../platform/reports/formats.ts';
import type { Report } from '../../platform/reports/model.ts';

export interface Printed {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly fileName: string;
}

/** Sets a document as PDF once it is asked to: outside the transaction that read it, since setting takes up to seconds. */
export const printed = (report: Report) => async (): Promise<Printed> => ({
  bytes: await formats.pdf.render(report),
  type: formats.pdf.mediaType,
  fileName: fileName(report, 'pdf'),
});
