import { Worker } from 'node:worker_threads';
import { ProblemError } from '../errors.ts';
import { tablesOf } from './model.ts';
import type { Report } from './model.ts';
import type { PdfAnswer, PdfTask } from './pdf-worker.ts';

/** Rows of one PDF. Measured: 2,000 rows take 2 s and 340 MB of memory, 20,000 take 22 s and 3.6 GB. */
export const pdfRowLimit = 3000;
const answerWithinMs = 90_000;
const idleMs = 60_000;

/** Raised when the typesetting thread fails or gives no answer in time. */
export class PdfFailed extends Error {
  override readonly name = 'PdfFailed';
}

interface Waiting {
  readonly resolve: (pdf: Uint8Array) => void;
  readonly reject: (error: Error) => void;
  readonly deadline: NodeJS.Timeout;
}

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let lastId = 0;
const waiting = new Map<number, Waiting>();

function take(id: number): Waiting | undefined {
  const found = waiting.get(id);
  waiting.delete(id);
  clearTimeout(found?.deadline);
  return found;
}

/** Ends the thread, which also gives back the memory of large documents; whoever still waits is told why. */
function stop(reason: string): void {
  const ended = worker;
  worker = undefined;
  clearTimeout(idle);
  for (const id of Array.from(waiting.keys())) take(id)?.reject(new PdfFailed(reason));
  void ended?.terminate();
}

function onAnswer(answer: PdfAnswer): void {
  const found = take(answer.id);
  if ('pdf' in answer) found?.resolve(answer.pdf);
  else found?.reject(new PdfFailed(answer.error));
  if (waiting.size > 0) return;
  worker?.unref();
  idle = setTimeout(() => stop('idle'), idleMs).unref();
}

function start(): Worker {
  const started = new Worker(new URL('./pdf-worker.ts', import.meta.url));
  started.on('message', onAnswer);
  started.on('error', (error) => worker === started && stop(String(error)));
  started.on('exit', (code) => worker === started && stop(`the typesetting thread ended with code ${code}`));
  return started;
}

/**
 * The report as a tagged PDF/UA-1 document, set in a thread of its own. Rejects with TOO_LARGE above `pdfRowLimit` rows
 * and with PdfFailed when the document cannot be set or takes longer than 90 seconds.
 */
export async function renderPdf(report: Report): Promise<Uint8Array> {
  const rows = tablesOf(report).reduce((sum, table) => sum + table.rows.length, 0);
  if (rows > pdfRowLimit) {
    throw new ProblemError('TOO_LARGE', {
      detail: `expected at most ${pdfRowLimit} rows in a PDF, got ${rows}`,
      remedy: 'Filter the records, or choose the spreadsheet.',
    });
  }
  clearTimeout(idle);
  worker ??= start();
  worker.ref();
  const id = (lastId += 1);
  const thread = worker;
  return new Promise((resolve, reject) => {
    const deadline = setTimeout(() => stop(`expected a PDF within ${answerWithinMs / 1000} s, got none`), answerWithinMs);
    waiting.set(id, { resolve, reject, deadline });
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    thread.postMessage({ id, report } satisfies PdfTask);
  });
}
