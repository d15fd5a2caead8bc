import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

const editor = `${root}packages/web/src/processes/editor/`;
const entry = 'virtual:board';

/** The editor's drawing board and what changes it, as one script: what the product opens and saves maps with, without its pages. */
const boardScript = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    plugins: [
      {
        name: 'board',
        resolveId: (id: string) => (id.endsWith(entry) ? entry : null),
        load: (id: string) =>
          id === entry
            ? `export * from ${JSON.stringify(`${editor}drawing.ts`)}; export * from ${JSON.stringify(`${editor}change.ts`)};`
            : null,
      },
    ],
    build: { write: false, minify: false, lib: { entry, formats: ['iife'], name: 'board' } },
  });
  const output = (Array.isArray(built) ? built[0] : built) as { readonly output: readonly { readonly code?: string }[] };
  return output.output[0]?.code ?? '';
};

/** Puts an empty page with the editor's board and the modeler of bpmn.io as it is shipped in front of the browser. */
export const layOut = async (page: Page): Promise<void> => {
  await page.setContent('<div id="own" style="height: 600px"></div><div id="stock" style="height: 600px"></div>');
  await page.addScriptTag({ content: await boardScript() });
  await page.addScriptTag({ content: readFileSync(`${root}node_modules/bpmn-js/dist/bpmn-modeler.development.js`, 'utf8') });
};

interface Opened {
  open: (xml: string) => Promise<void>;
  text: () => Promise<string>;
  destroy: () => void;
}
interface Stock {
  importXML: (xml: string) => Promise<{ warnings: readonly { message: string }[] }>;
  saveXML: (options: { format: boolean }) => Promise<{ xml: string }>;
  destroy: () => void;
}
interface Laid {
  board: { createDrawing: (at: Element | null, label: string) => Opened; createChanges: (drawing: Opened) => unknown };
  BpmnJS: new (options: { container: string }) => Stock;
}

/** A map opened on the editor's board and written again, nothing changed. */
export const throughEditor = (page: Page, xml: string): Promise<string> =>
  page.evaluate(async (text) => {
    const drawing = (window as unknown as Laid).board.createDrawing(document.querySelector('#own'), 'board');
    try {
      await drawing.open(text);
      return await drawing.text();
    } finally {
      drawing.destroy();
    }
  }, xml);

/** The same with the modeler of bpmn.io alone, which knows nothing of Aimwell; with what it said while it read. */
export const throughStock = (page: Page, xml: string): Promise<{ xml: string; warnings: readonly string[] }> =>
  page.evaluate(async (text) => {
    const modeler = new (window as unknown as Laid).BpmnJS({ container: '#stock' });
    try {
      const { warnings } = await modeler.importXML(text);
      return { xml: (await modeler.saveXML({ format: true })).xml, warnings: warnings.map(({ message }) => message) };
    } finally {
      modeler.destroy();
    }
  }, xml);

/**
 * A map with one thing changed on the board, and with that taken back. `change` is carried out in the browser with what changes maps,
 * what finds elements by their id, and the parts of the board.
 */
export const afterChange = (page: Page, xml: string, change: string): Promise<{ changed: string; undone: string; steps: number }> =>
  page.evaluate(
    async ([text = '', act = '']) => {
      const { board } = window as unknown as Laid;
      const drawing = board.createDrawing(document.querySelector('#own'), 'board') as Opened & {
        get: (name: string) => { get: (id: string) => unknown; undo: () => void; canUndo: () => boolean };
      };
      try {
        await drawing.open(text);
        // oxlint-disable-next-line no-implied-eval, no-new-func -- a test's own words, in an empty page
        new Function('changes', 'at', 'get', act)(
          board.createChanges(drawing),
          (id: string) => drawing.get('elementRegistry').get(id),
          drawing.get,
        );
        const changed = await drawing.text();
        let steps = 0;
        for (; drawing.get('commandStack').canUndo(); steps += 1) drawing.get('commandStack').undo();
        return { changed, undone: await drawing.text(), steps };
      } finally {
        drawing.destroy();
      }
    },
    [xml, change] as const,
  );
