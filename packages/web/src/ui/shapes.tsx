import type { ReactNode } from 'react';

/** A disc judges, a square is a version, a diamond or triangle is a finding. The word always stands beside the shape. */
export type ShapeKind =
  | 'diamond'
  | 'triangle'
  | 'ring'
  | 'disc'
  | 'dashed-ring'
  | 'half'
  | 'three-quarters'
  | 'dot'
  | 'clock'
  | 'dash'
  | 'dashed-square'
  | 'square'
  | 'square-dash';
export type Tone = 'ok' | 'warn' | 'bad' | 'note' | 'none' | 'acc';

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.7 } as const;
const ring = <circle cx="8" cy="8" r="6.2" {...stroke} />;
const tick = (
  <path d="m4.8 8.3 2.2 2.2 4.2-4.6" fill="none" stroke="var(--surface)" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
);
const frame = <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" {...stroke} />;

const drawings: Record<ShapeKind, ReactNode> = {
  diamond: <path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor" />,
  triangle: <path d="M8 1.5 15.3 14.3H.7z" fill="currentColor" />,
  ring,
  disc: (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      {tick}
    </>
  ),
  'dashed-ring': <circle cx="8" cy="8" r="6.2" {...stroke} strokeDasharray="2.4 2.47" />,
  half: (
    <>
      {ring}
      <path d="M8 4a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  'three-quarters': (
    <>
      {ring}
      <path d="M8 4a4 4 0 1 1-4 4h4z" fill="currentColor" />
    </>
  ),
  dot: (
    <>
      {ring}
      <circle cx="8" cy="8" r="3" fill="currentColor" />
    </>
  ),
  clock: (
    <>
      {ring}
      <path d="M8 4.4V8l2.4 1.6" {...stroke} strokeLinecap="round" />
    </>
  ),
  dash: (
    <>
      {ring}
      <path d="M4.6 8h6.8" {...stroke} strokeLinecap="round" />
    </>
  ),
  'dashed-square': <rect x="1.8" y="1.8" width="12.4" height="12.4" rx="2.5" {...stroke} strokeDasharray="3.1 2.6" />,
  square: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor" />
      {tick}
    </>
  ),
  'square-dash': (
    <>
      {frame}
      <path d="M5 8h6" {...stroke} strokeLinecap="round" />
    </>
  ),
};

/** One status shape; decoration only, so give the word beside it. `size` in pixels. */
export const Shape = ({ kind, tone, size = 13 }: { kind: ShapeKind; tone: Tone; size?: number }) => (
  <svg className={`t-${tone}`} width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    {drawings[kind]}
  </svg>
);

/** Four rising bars, filled up to the class, for the classes of the AI Act. */
export const ClassBars = ({ filled, tone }: { filled: 0 | 1 | 2 | 3 | 4; tone: Tone }) => (
  <svg className={`t-${tone}`} width="14" height="12" viewBox="0 0 14 12" aria-hidden="true">
    {[1, 2, 3, 4].map((step) => (
      <rect
        key={step}
        x={(step - 1) * 3.6}
        y={12 - step * 2.8}
        width="2.6"
        height={step * 2.8}
        rx="0.6"
        fill={step <= filled ? 'currentColor' : 'var(--line-2)'}
      />
    ))}
  </svg>
);

/** The product's mark. */
export const Mark = ({ size = 22 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="9.2" fill="none" stroke="var(--line-2)" strokeWidth="3" />
    <path d="M12 2.8A9.2 9.2 0 1 1 2.8 12" fill="none" stroke="var(--accent-ink)" strokeWidth="3" strokeLinecap="round" />
    <circle cx="12" cy="12" r="3.2" fill="var(--accent-ink)" />
  </svg>
);
