import type { IStylesOptions } from 'docx';
import { paper } from './shapes.ts';

const bare = (colour: string): string => colour.slice(1);

/** Word styles of a report; sizes in half points, spacing in twentieths of a point. Headings are Word's own, so its outline works. */
export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: 'Calibri', size: 20, color: bare(paper.ink), language: { value: 'en-GB' } },
      paragraph: { spacing: { after: 120, line: 264 } },
    },
    title: { run: { font: 'Calibri', size: 44, bold: true, color: bare(paper.ink) }, paragraph: { spacing: { before: 0, after: 60 } } },
    heading1: {
      run: { font: 'Calibri', size: 28, bold: true, color: bare(paper.ink) },
      paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
    },
    heading2: {
      run: { font: 'Calibri', size: 22, bold: true, color: bare(paper.ink) },
      paragraph: { spacing: { before: 280, after: 100 }, keepNext: true },
    },
    hyperlink: { run: { color: bare(paper.accent) } },
  },
  paragraphStyles: [
    { id: 'ReportSubtitle', name: 'Report subtitle', basedOn: 'Normal', run: { size: 24, color: bare(paper.ink2) } },
    {
      id: 'ReportStanding',
      name: 'Report standing',
      basedOn: 'Normal',
      run: { color: bare(paper.ink2) },
      paragraph: { spacing: { after: 160 } },
    },
    { id: 'ReportStatement', name: 'Report statement', basedOn: 'Normal', run: { size: 24 }, paragraph: { indent: { left: 240 } } },
    {
      id: 'ReportCaption',
      name: 'Report caption',
      basedOn: 'Normal',
      run: { bold: true, color: bare(paper.ink2) },
      paragraph: { spacing: { before: 200, after: 40 }, keepNext: true },
    },
    { id: 'TableText', name: 'Table text', basedOn: 'Normal', run: { size: 17 }, paragraph: { spacing: { after: 0, line: 240 } } },
    { id: 'TableNote', name: 'Table note', basedOn: 'TableText', run: { size: 16, color: bare(paper.ink3) } },
    {
      id: 'TableHeader',
      name: 'Table header',
      basedOn: 'TableText',
      run: { size: 16, bold: true, color: bare(paper.ink2) },
      paragraph: { keepNext: true },
    },
    {
      id: 'ReportMargin',
      name: 'Report margin',
      basedOn: 'Normal',
      run: { size: 15, color: bare(paper.ink3) },
      paragraph: { spacing: { after: 0 } },
    },
  ],
};
