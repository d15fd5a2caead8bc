import { parentPort } from 'node:worker_threads';
import type { Report } from './model.ts';
import { compilePdf } from './pdf-compile.ts';

/** Thread entry: typesetting is synchronous and takes a second for a thousand rows, which no request of others should wait for. */
export interface PdfTask {
  readonly id: number;
  readonly report: Report;
}
export type PdfAnswer = { readonly id: number; readonly pdf: Uint8Array } | { readonly id: number; readonly error: string };

function answer({ id, report }: PdfTask): PdfAnswer {
  try {
    return { id, pdf: new Uint8Array(compilePdf(report)) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.on('message', (task: PdfTask) => parentPort?.postMessage(answer(task)));
