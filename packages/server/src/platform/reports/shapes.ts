import type { StatusShape } from './model.ts';

/** Ink of each shape, from the colour tokens of the screen in light mode; all at least 4.5 : 1 on white. */
export const shapeColours: Record<StatusShape, string> = {
  major: '#B0301A',
  minor: '#8A5200',
  observation: '#41566F',
  met: '#0B6B57',
  none: '#62646F',
  planned: '#62646F',
  progress: '#35349A',
  due: '#35349A',
  implemented: '#35349A',
  late: '#B0301A',
  excluded: '#62646F',
  draft: '#62646F',
  approved: '#0B6B57',
  superseded: '#62646F',
};

/** The nearest character to each shape, for formats that draw with fonts: Word and Excel have all of these in their symbol fallback. */
export const shapeCharacters: Record<StatusShape, string> = {
  major: '◆',
  minor: '▲',
  observation: '○',
  met: '✔',
  none: '◌',
  planned: '○',
  progress: '◐',
  due: '◕',
  implemented: '◉',
  late: '◷',
  excluded: '⊖',
  draft: '▢',
  approved: '■',
  superseded: '⊟',
};

/** Colours of paper, shared by the writers. */
export const paper = {
  ink: '#1A1B22',
  ink2: '#494B56',
  ink3: '#62646F',
  line: '#E6E5E0',
  line2: '#CFCEC8',
  sunken: '#F4F4F1',
  accent: '#35349A',
  bad: '#FBEAE5',
  warn: '#FBF0DC',
} as const;
