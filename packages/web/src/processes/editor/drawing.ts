import Modeler from 'bpmn-js/lib/Modeler';
import { aimsDescriptor } from '@aimwell/contract/processes/extension';
import {
  keepUnresolved,
  type Mendable,
  mendWriter,
  type ReadWarning,
  withControls,
  withUnresolved,
} from '@aimwell/core/processes/text/mend';
import { readable, showMap } from '../show-map.ts';
import type { Services } from './model.ts';

/** A map on the drawing board. */
export interface Drawing {
  readonly get: <Name extends keyof Services>(service: Name) => Services[Name];
  /** Draws the text of a BPMN 2.0 file; rejects when it is none or holds no drawing. */
  readonly open: (xml: string) => Promise<void>;
  /** The map as the text of a BPMN 2.0 file: what was not changed says what it said when it was opened. */
  readonly text: () => Promise<string>;
  readonly destroy: () => void;
}

// Colours follow the theme; the wheel scrolls the page, as everywhere else.
const look = {
  bpmnRenderer: { defaultFillColor: 'var(--surface)', defaultStrokeColor: 'var(--ink-2)', defaultLabelColor: 'var(--ink)' },
  zoomScroll: { enabled: false },
};

/** A drawing board in an element of the page. It keeps our namespace and what the library alone would lose. */
export const createDrawing = (container: HTMLElement, label: string): Drawing => {
  const modeler = new Modeler({ container, ...look, moddleExtensions: { aims: aimsDescriptor } });
  mendWriter(modeler.get<Mendable>('moddle'));
  drawRunning(modeler.get<Factory>('elementFactory'));
  modeler.on('import.parse.complete', (event: { readonly definitions?: object; readonly warnings?: readonly ReadWarning[] }) => {
    if (event.definitions !== undefined) keepUnresolved(event.definitions, event.warnings ?? []);
  });
  return {
    get: (service) => modeler.get(service),
    open: async (xml) => {
      await modeler.importXML(xml);
      name(container, label);
    },
    text: async () => {
      const { xml } = await withUnresolved(modeler.getDefinitions() as object, () => modeler.saveXML({ format: true }));
      return withControls(xml ?? '');
    },
    destroy: () => modeler.destroy(),
  };
};

interface Factory {
  create: (kind: string, of?: { readonly type?: string; readonly businessObject?: object }) => unknown;
}
/** A task that is drawn is one of a person: one of no kind cannot run. What a file brings, or a menu asks for by name, stays as it is. */
const drawRunning = (factory: Factory): void => {
  const create = factory.create.bind(factory);
  factory.create = (kind, of) =>
    create(kind, of?.type === 'bpmn:Task' && of.businessObject === undefined ? { ...of, type: 'bpmn:UserTask' } : of);
};

/** Says what the board is to those who cannot see it. Palette and pads are for a mouse; the list and the properties do the same by keys. */
const name = (container: HTMLElement, label: string): void => {
  const svg = container.querySelector('svg[tabindex]');
  svg?.setAttribute('role', 'application');
  svg?.setAttribute('aria-label', label);
  container.querySelector('.djs-palette')?.setAttribute('aria-hidden', 'true');
};

/** Shows all of the map in what the palette at the left leaves free, never larger than it is. */
export const showWhole = (drawing: Drawing): void => show(drawing, 0);
/** Shows the map from its beginning in letters that can be read: of a wide one, as much as fits. */
export const showBeginning = (drawing: Drawing): void => show(drawing, readable);

const gap = 16;
const show = ({ get }: Drawing, smallest: number): void => {
  const canvas = get('canvas');
  const palette = canvas.getContainer().querySelector('.djs-palette')?.getBoundingClientRect().width ?? 0;
  showMap(canvas, { smallest, covered: palette + gap });
};
