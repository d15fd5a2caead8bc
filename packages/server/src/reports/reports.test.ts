import { type ReportFormat, reportFormats, type ReportName, reportNames } from '@aimwell/contract/reports/endpoints';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import readExcelFile from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { type Row, tablesOf } from '../platform/reports/model.ts';
import { cellText } from '../platform/reports/cells.ts';
import { pdfPages, squeezed } from '../platform/reports/testing/pdf-text.ts';
import { unzip, xmlText } from '../platform/reports/testing/unzip.ts';
import { createTestDatabase, type TestDatabase } from '../platform/testing/template.ts';
import { buildReport, listInfos, renderReport } from './actions.ts';
import { areas } from './catalog.ts';
import { createWrittenOrganisation, writeRisks, writeScope, writeStatement } from './testing/organisation.ts';

let test: TestDatabase;
let home: Awaited<ReturnType<typeof createWrittenOrganisation>>;
let other: Awaited<ReturnType<typeof createWrittenOrganisation>>;
let soa: Awaited<ReturnType<typeof writeStatement>>;
let riskIds: string[];

beforeAll(async () => {
  test = await createTestDatabase();
  home = await createWrittenOrganisation(test.database, 'northwind', 'Northwind Analytics');
  other = await createWrittenOrganisation(test.database, 'elsewhere', 'Elsewhere Ltd');
  const { systemIds } = await writeScope(home.writer);
  ({ riskIds } = await writeRisks(home.writer, systemIds));
  soa = await writeStatement(home.writer, riskIds);
});
afterAll(() => test.drop());

const build = (name: ReportName, version?: string, of = home) =>
  of.writer.within((tx) => buildReport(tx, of.writer.contextOf('manager'), name, { version, publicUrl: 'https://aims.example.org/' }));
const render = (name: ReportName, format: ReportFormat, version?: string) =>
  renderReport({ database: test.database, now: () => new Date('2026-03-02T12:00:00Z') }, home.organisation, name, format, { version });
const rowsOf = (report: Awaited<ReturnType<typeof build>>, caption: string): readonly Row[] =>
  tablesOf(report).find((table) => table.caption.startsWith(caption))?.rows ?? [];
const words = (row: Row | undefined): string => (row?.kind === 'row' ? row.cells.map(cellText).join(' | ') : (row?.label ?? ''));

/** Everything a file says, whatever its format. */
const textOf: Record<ReportFormat, (bytes: Uint8Array) => Promise<string> | string> = {
  pdf: (bytes) => pdfPages(bytes).join(''),
  docx: (bytes) =>
    [...unzip(bytes)]
      .filter(([path]) => path.endsWith('.xml'))
      .map(([, xml]) => xmlText(xml))
      .join(''),
  xlsx: async (bytes) => JSON.stringify(await readExcelFile(Buffer.from(bytes))),
};
const expected: Record<ReportName, readonly string[]> = {
  scope: [
    'Scope statement',
    'Northwind Analytics',
    'at the sites Rotterdam and Leipzig',
    'Uses no AI system in operation yet',
    'Notice before a model is changed',
    'Managing director',
  ],
  soa: [
    'Statement of Applicability',
    'A.2.2',
    'A.10.4',
    'Third-party and customer relationships',
    'Red-team exercise before each release',
    'EVD-0004',
    'AI Act, Art. 26',
    'Managing director',
  ],
  'treatment-plan': [
    'Risk treatment plan',
    'TRT-0001',
    'RSK-0002',
    'Two days a month',
    'Fewer than 1 wrong result in 100',
    'Managing director',
  ],
  'risk-register': [
    'Risk register',
    'RSK-0020',
    'Almost certain',
    'above the threshold',
    'Faster answers raise the satisfaction of customers',
    'Death, lasting harm, or loss of fundamental rights.',
  ],
  'evidence-index': [
    'Evidence index',
    'Minutes of the management review',
    'Expired',
    '9.3.1-1',
    'Photograph of a whiteboard',
    'Excluded by the Statement of Applicability in force.',
  ],
};

describe.each(reportNames)('the report %s', (name) => {
  it.each(reportFormats)('says what the registers hold, as %s', async (format) => {
    const { bytes, fileName, type } = await render(name, format);
    const text = squeezed(await textOf[format](bytes));
    for (const part of expected[name]) expect(text, part).toContain(squeezed(part));
    expect(text).not.toContain('Draft,notapproved');
    expect(fileName).toMatch(new RegExp(`^[a-z0-9-]+-2026-03-02\\.${format}$`));
    expect(type).toMatch(/^application\//);
  });
});

describe('the Statement of Applicability', () => {
  it('has 38 rows in nine bands in the order of Annex A, then the own controls', async () => {
    const rows = rowsOf(await build('soa'), 'Controls by area');
    const bands = rows.flatMap((row) => (row.kind === 'band' ? row.label : []));
    expect(bands).toEqual(['A.2', 'A.3', 'A.4', 'A.5', 'A.6', 'A.7', 'A.8', 'A.9', 'A.10', 'Own']);
    const controls = rows.flatMap((row) => (row.kind === 'row' ? cellText(row.cells[0] ?? '') : []));
    expect(controls).toEqual([...areas.flatMap((area) => area.controls.map(({ id }) => id)), 'OWN-0001']);
    expect(controls).toHaveLength(39);
  });

  it('says of each control decision, reason, risks, status, owner and evidence with validity', async () => {
    const report = await build('soa');
    const row = (control: string) => words(rowsOf(report, 'Controls by area').find((one) => words(one).startsWith(`${control} |`)));
    expect(row('A.6.2.4')).toMatch(
      /AI system verification and validation \| Included \| Risk\nIt treats RSK-0007.* \| RSK-0007, .*in TRT-0005.*tested 25 Feb 2026: effective.*EVD-0004\nvalid until 20 Feb 2027/s,
    );
    expect(row('A.2.4')).toMatch(/In progress\nby 30 Sep 2026.*EVD-0002\nexpired 1 Mar 2026/s);
    expect(row('A.4.5')).toBe(
      'A.4.5 | System and computing resources | Excluded | All computing is rented; the organisation runs no hardware of its own. |  |  |  |  | ',
    );
  });

  it('links identifiers to their records', async () => {
    const cells = rowsOf(await build('soa'), 'Controls by area').flatMap((row) => (row.kind === 'row' ? row.cells : []));
    const hrefs = cells.flatMap((cell) => (typeof cell === 'object' && cell.kind === 'links' ? cell.items.map(({ href }) => href) : []));
    expect(hrefs).toContain(`https://aims.example.org/o/northwind/risks/${riskIds[0]}`);
  });
});

describe('versions', () => {
  it('print the one in force unless another is named, with its approval line and without a watermark', async () => {
    const report = await build('soa');
    expect(report).toMatchObject({
      version: 'Version 1',
      draft: false,
      approval: {
        name: 'Managing director',
        function: 'Top management',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        statement: expect.stringContaining('Statement of Applicability 1'),
      },
    });
    expect(await build('soa', soa.approved)).toEqual(report);
  });

  it.each(reportFormats)('mark a draft on %s and show what stands against it', async (format) => {
    const text = squeezed(await textOf[format]((await render('soa', format, 'latest')).bytes));
    for (const part of ['Draft, not approved', 'Draft 2', 'Before it can be approved', 'is excluded, but the open treatment TRT-0001'])
      expect(text, part).toContain(squeezed(part));
    expect(text).not.toContain('SHA-256oftheapprovedversion');
  });

  it('can be named by id, of this organisation only', async () => {
    expect(await build('soa', soa.draft)).toMatchObject({ version: 'Draft 2', draft: true });
    await expect(build('soa', newId())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(build('soa', soa.approved, other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are refused for a register that is printed as it stands', async () => {
    await expect(build('risk-register', soa.approved)).rejects.toMatchObject({
      code: 'INVALID',
      details: { problems: [{ field: 'version' }] },
    });
    expect(await build('risk-register', 'latest')).toMatchObject({ draft: false });
  });

  it('are listed with standing and date', async () => {
    const infos = await home.writer.within((tx) => listInfos(tx, home.writer.contextOf('manager')));
    expect(infos.map(({ report, standing, missing }) => [report, standing, missing])).toEqual([
      ['scope', 'approved', null],
      ['soa', 'approved', null],
      ['treatment-plan', 'approved', null],
      ['risk-register', 'plain', null],
      ['evidence-index', 'plain', null],
    ]);
    expect(infos[1]?.versions.map(({ label, standing }) => [label, standing])).toEqual([
      ['Draft 2', 'draft'],
      ['Version 1', 'approved'],
    ]);
    expect(infos[1]?.versions[1]?.on).toBe('2026-03-02');
  });
});

describe('a version that was replaced', () => {
  it('keeps its approval line and says that it is superseded', async () => {
    const { writer } = await createWrittenOrganisation(test.database, 'replaced', 'Replaced Ltd');
    await writeScope(writer);
    const again = await writer.create(scopeStatements, { statement: 'All forecasting services, everywhere.' });
    await writer.run(scopeStatements, again.id, 'submit');
    await writer.run(scopeStatements, again.id, 'approve', {}, 'director');
    const [first] = await writer.find(scopeStatements, { state: 'superseded' });
    const of = (version?: string) => writer.within((tx) => buildReport(tx, writer.contextOf('manager'), 'scope', { version }));
    expect(await of(first?.id)).toMatchObject({ version: 'Version 1, superseded', draft: false, approval: { name: 'Managing director' } });
    expect(JSON.stringify(await of(first?.id))).toContain('Superseded by a later version');
    expect(await of()).toMatchObject({ version: 'Version 2' });
  });
});

describe('an organisation that has nothing yet', () => {
  it.each(['scope', 'soa', 'treatment-plan'] as const)('is told what to make first for %s', async (name) => {
    await expect(build(name, undefined, other)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { remedy: expect.stringContaining('draft') },
    });
    const infos = await other.writer.within((tx) => listInfos(tx, other.writer.contextOf('manager')));
    expect(infos.find(({ report }) => report === name)).toMatchObject({
      standing: null,
      versions: [],
      missing: expect.stringContaining('yet'),
    });
  });

  it('still gets its registers, which say that they are empty', async () => {
    expect(JSON.stringify(await build('risk-register', undefined, other))).toContain('No criteria are approved');
    expect(JSON.stringify(await build('evidence-index', undefined, other))).toContain('0 of 38 with evidence');
  });
});

describe('the treatment plan', () => {
  it('stays as it was approved when treatments change afterwards, and a new draft shows them as they are', async () => {
    const [treatment] = await home.writer.find(treatments, { title: 'Check and watch: poor or outdated data quality' });
    await home.writer.patch(treatments, treatment?.id ?? '', { resources: 'A whole team' });
    const plan = await home.writer.create(treatmentPlans, {});
    expect(JSON.stringify(await build('treatment-plan'))).not.toContain('A whole team');
    const draft = await build('treatment-plan', plan.id);
    expect(draft).toMatchObject({ version: 'Draft 2', draft: true });
    expect(JSON.stringify(draft)).toContain('A whole team');
  });

  it('names in a draft the risks above the threshold that nobody treats', async () => {
    const [treatment] = await home.writer.find(treatments, { risk: riskIds[1] });
    await home.writer.run(treatments, treatment?.id ?? '', 'cancel', { reason: 'Chosen by mistake' });
    const text = JSON.stringify(await build('treatment-plan', 'latest'));
    expect(text).toContain('1 risk above the threshold without a treatment');
    expect(text).toContain('RSK-0002 (level 12)');
    expect(JSON.stringify(await build('treatment-plan'))).not.toContain('without a treatment');
  });
});

describe('the risk register', () => {
  it('counts risks by cell, likelihood from the highest downwards', async () => {
    const rows = rowsOf(await build('risk-register'), 'Before treatment');
    expect(
      rows.map((row) =>
        words(row)
          .split(' | ')
          .map((cell) => cell.split('\n')[0])
          .join(' '),
      ),
    ).toEqual(['Almost certain – 4 – – –', 'Likely – – 4 – –', 'Possible – – – 3 –', 'Unlikely – – – – 4', 'Rare 4 – – – –']);
  });

  it('lists the highest level first and unrated risks last', async () => {
    const rows = rowsOf(await build('risk-register'), 'Risks');
    expect(words(rows[0])).toContain('12\n4 × 3, High');
    expect(words(rows.at(-1))).toMatch(/^RSK-0020 .* not rated \| not rated/s);
    expect(rows).toHaveLength(20);
  });
});
