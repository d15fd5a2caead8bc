import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Say } from '../ui/page.tsx';
import { saveText } from '../ui/save.ts';
import { t } from '../ui/words.ts';
import type { DiagramProps, Mark } from './marks.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';

interface Canvas {
  readonly zoom: (to?: number | 'fit-viewport', centre?: 'auto') => number;
  readonly addMarker: (id: string, name: string) => void;
}
interface Overlays {
  readonly add: (id: string, type: string, overlay: { position: { top: number; right: number }; html: HTMLElement }) => void;
}
interface Elements {
  readonly get: (id: string) => unknown;
}

// Colours follow the theme; the wheel scrolls the page, as everywhere else.
const look = {
  bpmnRenderer: { defaultFillColor: 'var(--surface)', defaultStrokeColor: 'var(--ink-2)', defaultLabelColor: 'var(--ink)' },
  zoomScroll: { enabled: false },
};

const inks: Readonly<Record<string, string>> = { surface: '#ffffff', 'ink-2': '#333333', ink: '#000000' };
/** A drawing that is saved has no theme: black on white. */
const printed = (svg: string): string => svg.replaceAll(/var\(--([a-z0-9-]+)\)/gu, (_, name: string) => inks[name] ?? '#333333');

/** Colours nodes and hangs numbers on them. Words go in as text, never as markup: a map may come from anywhere. */
const mark = (viewer: NavigatedViewer, marks: Readonly<Record<string, Mark>>): void => {
  const [canvas, overlays, elements] = [
    viewer.get<Canvas>('canvas'),
    viewer.get<Overlays>('overlays'),
    viewer.get<Elements>('elementRegistry'),
  ];
  for (const [id, { tone, badge }] of Object.entries(marks)) {
    if (elements.get(id) === undefined) continue;
    if (tone !== undefined) canvas.addMarker(id, `pr-is-${tone}`);
    if (badge === undefined) continue;
    const html = document.createElement('span');
    html.className = `pill ${tone ?? 'note'}`;
    html.textContent = badge;
    overlays.add(id, 'amount', { position: { top: -11, right: 16 }, html });
  }
};

/** A process map as it is drawn. It can be moved and enlarged, not changed. Beside it always stands the table of its steps. */
export default function Diagram({ xml, marks, label, fileName }: DiagramProps) {
  const place = useRef<HTMLDivElement>(null);
  const viewer = useRef<NavigatedViewer | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const drawn = new NavigatedViewer({ container: place.current, ...look });
    let gone = false;
    const draw = async () => {
      await drawn.importXML(xml);
      if (gone) return;
      drawn.get<Canvas>('canvas').zoom('fit-viewport', 'auto');
      mark(drawn, marks);
      viewer.current = drawn;
      setFailed(false);
    };
    draw().catch(() => setFailed(!gone));
    return () => {
      gone = true;
      viewer.current = null;
      drawn.destroy();
    };
  }, [xml, marks]);
  const zoom = (by: number) => {
    const canvas = viewer.current?.get<Canvas>('canvas');
    canvas?.zoom(Math.min(4, Math.max(0.2, canvas.zoom() * by)));
  };
  return (
    <div className="pr-diagram">
      <div className="row wrap pr-tools no-print">
        <Button size="xs" onClick={() => zoom(1.25)}>
          {t('processes.larger')}
        </Button>
        <Button size="xs" onClick={() => zoom(0.8)}>
          {t('processes.smaller')}
        </Button>
        <Button size="xs" onClick={() => viewer.current?.get<Canvas>('canvas').zoom('fit-viewport', 'auto')}>
          {t('processes.whole')}
        </Button>
        <span className="grow" />
        <Button
          size="xs"
          variant="subtle"
          onClick={() => {
            void viewer.current?.saveSVG().then(({ svg }) => saveText(printed(svg), `${fileName}.svg`, 'image/svg+xml'));
          }}
        >
          {t('processes.saveSvg')}
        </Button>
      </div>
      {failed ? <Say tone="note">{t('processes.notDrawn')}</Say> : null}
      <div ref={place} className="pr-canvas" role="group" aria-label={label} hidden={failed} />
    </div>
  );
}
