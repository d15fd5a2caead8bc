import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { build } from 'vite';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The editor's drawing board as one script: what the product opens and saves maps with, without its pages. */
const boardScript = async (): Promise<string> => {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: { entry: `${root}packages/web/src/processes/editor/drawing.ts`, formats: ['iife'], name: 'board' },
    },
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
  board: { createDrawing: (at: Element | null, label: string) => Opened };
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
