import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { Button } from '@mantine/core';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { Say } from '../ui/page.tsx';
import { saveText } from '../ui/save.ts';
import { t } from '../ui/words.ts';
import type { DiagramProps, Mark } from './marks.ts';
import { type Box, readable, showMap, type Viewed } from './show-map.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

interface Canvas extends Viewed {
  readonly zoom: (to?: number) => number;
  readonly scroll: (by: { readonly dx: number; readonly dy: number }) => void;
  readonly addMarker: (id: string, name: string) => void;
  readonly hasMarker: (id: string, name: string) => boolean;
  readonly removeMarker: (id: string, name: string) => void;
}
interface Overlays {
  readonly add: (id: string, type: string, overlay: { position: { top: number; right: number }; html: HTMLElement }) => void;
  readonly remove: (which: { readonly type: string }) => void;
}
interface Elements {
  readonly get: (id: string) => Box | undefined;
  readonly forEach: (act: (element: { readonly id: string }) => void) => void;
}

// Colours follow the theme; the wheel scrolls the page, as everywhere else.
const look = {
  bpmnRenderer: { defaultFillColor: 'var(--surface)', defaultStrokeColor: 'var(--ink-2)', defaultLabelColor: 'var(--ink)' },
  zoomScroll: { enabled: false },
};

const inks: Readonly<Record<string, string>> = { surface: '#ffffff', 'ink-2': '#333333', ink: '#000000' };
/** A drawing that is saved has no theme: black on white. */
const printed = (svg: string): string => svg.replaceAll(/var\(--([a-z0-9-]+)\)/gu, (_, name: string) => inks[name] ?? '#333333');

const tones = ['ok', 'acc', 'bad', 'warn', 'none'] as const;

/** Colours nodes and hangs numbers on them, instead of those before. Words go in as text, never as markup: a map may come from anywhere. */
const mark = (viewer: NavigatedViewer, marks: Readonly<Record<string, Mark>>): void => {
  const [canvas, overlays, elements] = [
    viewer.get<Canvas>('canvas'),
    viewer.get<Overlays>('overlays'),
    viewer.get<Elements>('elementRegistry'),
  ];
  overlays.remove({ type: 'amount' });
  elements.forEach(({ id }) => {
    for (const tone of tones) if (canvas.hasMarker(id, `pr-is-${tone}`)) canvas.removeMarker(id, `pr-is-${tone}`);
  });
  for (const [id, { tone, badge }] of Object.entries(marks)) {
    if (elements.get(id) === undefined) continue;
    if (tone !== undefined) canvas.addMarker(id, `pr-is-${tone}`);
    if (badge === undefined) continue;
    const html = document.createElement('span');
    html.className = `pill pr-amount ${tone ?? 'note'}`;
    html.textContent = badge;
    overlays.add(id, 'amount', { position: { top: -11, right: 0 }, html });
  }
};

/** Moves the map sideways under a finger, which the library does for a mouse alone; up and down go on to scroll the page. */
const useFinger = (viewer: NavigatedViewer | null) => {
  const last = useRef<number | null>(null);
  const lift = () => {
    last.current = null;
  };
  return {
    onPointerDown: ({ pointerType, isPrimary, clientX }: PointerEvent) => {
      last.current = pointerType === 'touch' && isPrimary ? clientX : null;
    },
    onPointerMove: ({ clientX }: PointerEvent) => {
      if (last.current === null) return;
      viewer?.get<Canvas>('canvas').scroll({ dx: clientX - last.current, dy: 0 });
      last.current = clientX;
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
};

/** A process map as it is drawn. It can be moved and enlarged, not changed. Beside it always stands the table of its steps. */
export default function Diagram({ xml, marks, at, label, fileName }: DiagramProps) {
  const place = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<NavigatedViewer | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const viewer = new NavigatedViewer({ container: place.current, ...look });
    let gone = false;
    const draw = async () => {
      await viewer.importXML(xml);
      if (gone) return;
      setDrawn(viewer);
      setFailed(false);
    };
    draw().catch(() => setFailed(!gone));
    return () => {
      gone = true;
      setDrawn(null);
      viewer.destroy();
    };
  }, [xml]);
  useEffect(() => {
    if (drawn !== null) mark(drawn, marks);
  }, [drawn, marks]);
  useEffect(() => {
    const around = at === undefined ? undefined : drawn?.get<Elements>('elementRegistry').get(at);
    if (drawn !== null) showMap(drawn.get<Canvas>('canvas'), { smallest: readable, around });
  }, [drawn, at]);
  const finger = useFinger(drawn);
  const zoom = (by: number) => {
    const canvas = drawn?.get<Canvas>('canvas');
    canvas?.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * by)));
  };
  return (
    <div className="pr-diagram">
      {failed ? null : (
        <div className="row wrap pr-tools no-print">
          <Button size="xs" onClick={() => zoom(1.25)}>
            {t('processes.larger')}
          </Button>
          <Button size="xs" onClick={() => zoom(0.8)}>
            {t('processes.smaller')}
          </Button>
          <Button size="xs" onClick={() => drawn !== null && showMap(drawn.get<Canvas>('canvas'), { smallest: 0 })}>
            {t('processes.whole')}
          </Button>
          <span className="grow" />
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              void drawn?.saveSVG().then(({ svg }) => saveText(printed(svg), `${fileName}.svg`, 'image/svg+xml'));
            }}
          >
            {t('processes.saveSvg')}
          </Button>
        </div>
      )}
      {failed ? <Say tone="note">{t('processes.notDrawn')}</Say> : null}
      <div ref={place} className="pr-canvas" role="group" aria-label={label} hidden={failed} {...finger} />
    </div>
  );
}
