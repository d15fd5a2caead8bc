import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { NodeError } from '@myriaddreamin/typst-ts-node-compiler';
import type { Report } from './model.ts';
import { printData } from './print-data.ts';

const templates = fileURLToPath(new URL('./print/', import.meta.url));
const fonts = ['Inter-Regular.otf', 'Inter-SemiBold.otf', 'DejaVuSans.ttf'].map((name) => new URL(`./fonts/${name}`, import.meta.url));
const substitute = '□';

/** Raised when the template itself cannot be set: a defect of this folder, never of the report's text. */
export class PrintError extends Error {
  override readonly name = 'PrintError';
}

let compiler: NodeCompiler | undefined;
/** Characters no installed font can draw, learnt from refusals; PDF/UA forbids to print them as empty boxes unsaid. */
const undrawable = new Set<string>();

const theCompiler = (): NodeCompiler =>
  (compiler ??= NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs: fonts.map((font) => readFileSync(font)) }] }));

const reasons = (error: NodeError | null): string =>
  error
    ? theCompiler()
        .fetchDiagnostics(error)
        .map((one: { message: string }) => one.message)
        .join('; ')
    : 'no reason given';

/** Replaces undrawable characters and says which ones, so that nothing is dropped unseen. */
function substituted(json: string): { json: string; missing: string | null } {
  const met = new Set<string>();
  const replaced = Array.from(json, (point) => (undrawable.has(point) ? (met.add(point), substitute) : point)).join('');
  if (met.size === 0) return { json, missing: null };
  const codes = Array.from(met, (point) => `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`).sort();
  const named = codes.slice(0, 40).join(', ') + (codes.length > 40 ? ` and ${codes.length - 40} more` : '');
  return {
    json: replaced,
    missing: `Printed as ${substitute} because no installed font has them: ${named}. The Word and spreadsheet versions keep these characters.`,
  };
}

function compileOnce(data: ReturnType<typeof printData>): Uint8Array {
  const { json, missing } = substituted(JSON.stringify(data));
  const report = `${json.slice(0, -1)},"missing":${JSON.stringify(missing)}}`;
  const outcome = theCompiler().compile({ mainFilePath: `${templates}report.typ`, inputs: { report } });
  if (!outcome.result) throw new PrintError(`expected a document, got: ${reasons(outcome.takeError())}`);
  return theCompiler().pdf(outcome.result, { pdfStandard: 'ua-1' });
}

/** The characters a refusal names. The message quotes them with Rust's escapes, hence \u{1f980} beside the character itself. */
export function charactersRefused(message: string): string[] {
  const quoted = message.matchAll(/the text `\\?"(.*?)\\?"` could not be displayed/gsu);
  return Array.from(quoted, (match) =>
    Array.from((match[1] ?? '').replace(/\\+u\{([0-9a-f]+)\}/g, (_, hex: string) => String.fromCodePoint(parseInt(hex, 16)))),
  ).flat();
}

/**
 * The report as PDF/UA-1: tagged, titled, with outline, embedded fonts and a repeated table header; A4.
 * Text no installed font can draw is printed as □ and named at the end. Throws PrintError when the document cannot be set.
 */
export function compilePdf(report: Report): Uint8Array {
  const data = printData(report);
  try {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      try {
        return compileOnce(data);
      } catch (error) {
        const refused = error instanceof Error && !(error instanceof PrintError) ? charactersRefused(error.message) : [];
        const fresh = refused.filter((point) => !undrawable.has(point) && point.codePointAt(0) !== undefined && point > '~');
        if (fresh.length === 0) throw error instanceof PrintError ? error : new PrintError(`expected PDF/UA-1, got: ${String(error)}`);
        for (const point of fresh) undrawable.add(point);
      }
    }
    throw new PrintError('expected every character to be drawn or replaced after four attempts, got more refusals');
  } finally {
    // The compiler remembers pages of earlier reports, which may belong to another organisation and only cost memory.
    theCompiler().evictCache(0);
  }
}
