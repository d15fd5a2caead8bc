import { renderDocx } from './docx.ts';
import type { Report } from './model.ts';
import { renderPdf } from './pdf.ts';
import { renderXlsx } from './xlsx.ts';

interface Format {
  readonly mediaType: string;
  readonly render: (report: Report) => Promise<Uint8Array>;
}

/** The formats a report can be had in, by file extension. */
export const formats = {
  pdf: { mediaType: 'application/pdf', render: renderPdf },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', render: renderDocx },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', render: renderXlsx },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

/** "statement-of-applicability-version-3-2026-11-09.pdf": ASCII only, so that it needs no escaping in Content-Disposition. */
export function fileName(report: Pick<Report, 'title' | 'version' | 'date'>, format: FormatName): string {
  const words = `${report.title} ${report.version} ${report.date.slice(0, 10)}`
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 100);
  return `${words === '' ? 'report' : words}.${format}`;
}
