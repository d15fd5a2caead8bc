import type { Cell, Report, Row, StatusShape } from '../model.ts';

/** Reports for the tests of this folder. The organisation is a made-up one and no role is a person. */

const areas: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'A.2',
    'Policies related to AI',
    ['A.2.2 AI policy', 'A.2.3 Alignment with other organizational policies', 'A.2.4 Review of the AI policy'],
  ],
  ['A.3', 'Internal organization', ['A.3.2 AI roles and responsibilities', 'A.3.3 Reporting of concerns']],
  [
    'A.4',
    'Resources for AI systems',
    [
      'A.4.2 Resource documentation',
      'A.4.3 Data resources',
      'A.4.4 Tooling resources',
      'A.4.5 System and computing resources',
      'A.4.6 Human resources',
    ],
  ],
  [
    'A.5',
    'Assessing impacts of AI systems',
    [
      'A.5.2 AI system impact assessment process',
      'A.5.3 Documentation of AI system impact assessments',
      'A.5.4 Assessing AI system impact on individuals or groups of individuals',
      'A.5.5 Assessing societal impacts of AI systems',
    ],
  ],
  [
    'A.6',
    'AI system life cycle',
    [
      'A.6.1.2 Objectives for responsible development of AI system',
      'A.6.1.3 Processes for responsible AI system design and development',
      'A.6.2.2 AI system requirements and specification',
      'A.6.2.3 Documentation of AI system design and development',
      'A.6.2.4 AI system verification and validation',
      'A.6.2.5 AI system deployment',
      'A.6.2.6 AI system operation and monitoring',
      'A.6.2.7 AI system technical documentation',
      'A.6.2.8 AI system recording of event logs',
    ],
  ],
  [
    'A.7',
    'Data for AI systems',
    [
      'A.7.2 Data for development and enhancement of AI system',
      'A.7.3 Acquisition of data',
      'A.7.4 Quality of data for AI systems',
      'A.7.5 Data provenance',
      'A.7.6 Data preparation',
    ],
  ],
  [
    'A.8',
    'Information for interested parties of AI systems',
    [
      'A.8.2 System documentation and information for users',
      'A.8.3 External reporting',
      'A.8.4 Communication of incidents',
      'A.8.5 Information for interested parties',
    ],
  ],
  [
    'A.9',
    'Use of AI systems',
    [
      'A.9.2 Processes for responsible use of AI systems',
      'A.9.3 Objectives for responsible use of AI system',
      'A.9.4 Intended use of the AI system',
    ],
  ],
  ['A.10', 'Third-party and customer relationships', ['A.10.2 Allocating responsibilities', 'A.10.3 Suppliers', 'A.10.4 Customers']],
];
const states: readonly (readonly [StatusShape, string])[] = [
  ['met', 'Effective'],
  ['implemented', 'Implemented'],
  ['progress', 'In progress'],
  ['met', 'Effective'],
  ['due', 'Check due'],
  ['planned', 'Planned'],
  ['late', 'Late'],
];
const owners = ['AIMS manager', 'Risk manager', 'Head of data', 'Head of engineering'];

function controlRow(control: string, at: number): Row {
  const [id = '', ...title] = control.split(' ');
  const excluded = id === 'A.4.5';
  const [shape, word] = states[at % states.length] ?? ['none', 'None'];
  const why: Cell = excluded
    ? 'All computing is rented from a hosting supplier; the organisation runs no hardware of its own.'
    : {
        kind: 'links',
        items: [
          { text: `RSK-${String(at + 12).padStart(3, '0')}`, href: `https://aims.example.org/risks/${at}` },
          ...(at % 3 === 0 ? [{ text: 'Clause 5.2' }, { text: 'Art. 26' }] : []),
        ],
        ...(at % 5 === 0 ? { note: 'Required by the contract with the largest customer' } : {}),
      };
  return {
    kind: 'row',
    cells: [
      { kind: 'text', text: id },
      { kind: 'text', text: title.join(' ') },
      excluded ? { kind: 'status', status: { shape: 'excluded', word: 'Excluded' } } : 'Included',
      why,
      excluded ? '' : { kind: 'status', status: { shape, word } },
      owners[at % owners.length] ?? '',
      excluded ? 'not needed' : { kind: 'date', date: `2027-0${(at % 9) + 1}-14`, note: at % 4 === 0 ? '1 item' : `${(at % 4) + 1} items` },
    ],
    ...(excluded
      ? {
          remark: {
            shape: 'major' as const,
            word: 'Contradiction',
            text: 'TRT-027 of RSK-019 names this control. Include it, or change the treatment.',
          },
        }
      : {}),
  };
}

/** A Statement of Applicability with its 38 controls in nine bands. */
export function soaReport(draft: boolean): Report {
  let at = 0;
  const rows = areas.flatMap(([label, text, controls]): Row[] => [
    { kind: 'band', label, text, summary: `${controls.length} controls` },
    ...controls.map((control) => controlRow(control, at++)),
  ]);
  return {
    title: 'Statement of Applicability',
    subtitle: 'Controls of ISO/IEC 42001:2023, Annex A, and the reasons for including or excluding each',
    organisation: 'Northwind Analytics',
    version: draft ? 'Draft 4' : 'Version 3',
    draft,
    date: '2026-11-09',
    language: 'en',
    ...(draft
      ? {}
      : {
          approval: {
            name: 'Chief executive',
            function: 'Top management',
            at: '2026-11-09T09:12:00Z',
            statement: 'I approve this Statement of Applicability for the scope stated in it.',
            hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          },
        }),
    sections: [
      {
        heading: 'What this statement rests on',
        blocks: [
          {
            kind: 'facts',
            rows: [
              ['Scope statement', 'Version 2, approved 3 March 2026'],
              [
                'Treatment plan',
                { kind: 'links', items: [{ text: 'Treatment plan, version 6', href: 'https://aims.example.org/plans/6' }] },
              ],
              ['Controls', '37 of 38 included, 1 excluded'],
              ['Standing', { kind: 'status', status: { shape: 'progress', word: '24 of 37 in force' } }],
            ],
          },
          {
            kind: 'paragraph',
            text: 'The controls follow from the risk treatments, laws, contracts and objectives named beside them. An excluded control carries its reason.',
          },
          ...(draft
            ? [
                {
                  kind: 'note' as const,
                  text: 'One exclusion contradicts an open treatment. It must be resolved before the statement can be submitted.',
                  status: { shape: 'major' as const, word: '1 contradiction' },
                },
              ]
            : []),
        ],
      },
      {
        heading: 'Controls',
        blocks: [
          {
            kind: 'table',
            caption: 'Controls by area',
            bandHeader: 'Area',
            columns: [
              { header: 'Control', width: 0.6 },
              { header: 'Title', width: 2.2 },
              { header: 'Decision', width: 0.85 },
              { header: 'Why', width: 2.2 },
              { header: 'Status', width: 1.05 },
              { header: 'Owner', width: 1.1 },
              { header: 'Evidence until', width: 0.95, align: 'right' },
            ],
            rows,
          },
        ],
      },
    ],
  };
}

/** A portrait document of prose: a scope statement with figures, a list and two heading levels. */
export function scopeReport(): Report {
  return {
    title: 'Scope statement',
    organisation: 'Northwind Analytics',
    version: 'Version 2',
    draft: false,
    date: '2026-03-03',
    language: 'en',
    approval: {
      name: 'Chief executive',
      function: 'Top management',
      at: '2026-03-03T15:40:00+01:00',
      statement: 'This is the scope of our AI management system.',
      hash: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
    },
    sections: [
      {
        heading: 'Scope for the certificate',
        blocks: [
          {
            kind: 'statement',
            text: 'The development, operation and support of forecasting services for retail and logistics customers at the sites Rotterdam and Leipzig, as provider and deployer of AI systems.',
          },
        ],
      },
      {
        heading: 'How it was set',
        blocks: [
          {
            kind: 'paragraph',
            text: 'The scope considers the issues and requirements listed below, the activities of the units, and the interfaces with suppliers.\nIt is reviewed at least once a year and after each reorganisation.',
          },
          {
            kind: 'list',
            items: [
              'Two sites with 140 people',
              'Eleven AI systems in operation, four in development',
              'Interfaces: hosting supplier, payroll supplier',
            ],
          },
        ],
      },
      {
        heading: 'Issues considered',
        level: 2,
        blocks: [
          {
            kind: 'table',
            caption: 'Issues',
            columns: [
              { header: 'Issue', width: 0.7 },
              { header: 'What it is', width: 3 },
              { header: 'Weight', width: 0.7, align: 'right' },
            ],
            rows: [
              {
                kind: 'row',
                cells: [{ kind: 'links', items: [{ text: 'ISS-004' }] }, 'Customers ask for evidence of human oversight', 12],
              },
              {
                kind: 'row',
                cells: [
                  { kind: 'links', items: [{ text: 'ISS-009' }] },
                  'Energy use of training runs, considered for the climate question',
                  1234.5,
                ],
              },
            ],
          },
          {
            kind: 'table',
            caption: 'Exclusions',
            columns: [{ header: 'What' }, { header: 'Reason', width: 2 }],
            rows: [],
            emptyText: 'Nothing is excluded.',
          },
        ],
      },
    ],
  };
}

/** Texts that must come out as they went in, whatever they mean to a typesetter, a word processor or a spreadsheet. */
export const hostileTexts: readonly string[] = [
  '#import "secrets.typ": *',
  '#panic("stop") #read("/etc/passwd") #sys.inputs.report',
  '$ x^2 $ *bold* _under_ `raw` <label> @reference = heading',
  '\\ \\n \\u{41} \\" ] } ) "quoted" \'single\' // comment /* block */',
  '] #text(red)[injected] [',
  '=SUM(A1:A9)',
  '+1-1@cmd|calc',
  '<script>alert(1)</script> &amp; &#65; ]]> <!-- -->',
  'emoji 😀 and symbols ✔ ◆ €',
  'right to left: שלום עולם, مرحبا',
  'two\nlines and a\ttab',
];

/** A report whose every text is the given one. */
export function reportOf(text: string, draft = false): Report {
  return {
    title: text,
    subtitle: text,
    organisation: text,
    version: 'Version 1',
    draft,
    date: '2026-11-09',
    language: 'en',
    ...(draft ? {} : { approval: { name: text, function: text, at: '2026-11-09T09:12:00Z', statement: text, hash: 'ab'.repeat(32) } }),
    sections: [
      {
        heading: text,
        level: 2,
        blocks: [
          { kind: 'paragraph', text },
          { kind: 'statement', text },
          { kind: 'list', items: [text] },
          { kind: 'note', text, status: { shape: 'minor', word: text } },
          { kind: 'facts', rows: [[text, { kind: 'text', text, note: text, strong: true }]] },
          {
            kind: 'table',
            caption: text,
            columns: [{ header: text }, { header: 'Link' }, { header: 'Status' }],
            rows: [
              { kind: 'band', label: text, text, summary: text },
              {
                kind: 'row',
                cells: [
                  text,
                  { kind: 'links', items: [{ text, href: text }], note: text },
                  { kind: 'status', status: { shape: 'late', word: text }, note: text },
                ],
                remark: { shape: 'major', word: text, text },
              },
            ],
          },
        ],
      },
    ],
  };
}
