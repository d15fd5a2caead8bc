import { type Field, isMany } from '@aimwell/contract/platform/field';
import { columnOf, type Register } from '@aimwell/contract/platform/register';

const list = (values: readonly string[]) => values.map((value) => `'${value}'`).join(', ');

const sqlType = (field: Field): string => {
  switch (field.kind) {
    // Sorted as people read: the collation belongs to the column, so that index, ORDER BY and cursor agree.
    case 'text':
      return field.sort === true ? 'text collate "und-x-icu"' : 'text';
    case 'longText':
    case 'choice':
    case 'code':
      return 'text';
    case 'integer':
      return 'integer';
    case 'boolean':
      return 'boolean';
    case 'date':
      return 'date';
    case 'moment':
      return 'timestamptz';
    case 'choices':
    case 'codes':
      return 'text[]';
    case 'reference':
      return 'uuid';
    case 'references':
      return 'uuid[]';
    case 'result':
      return 'jsonb';
  }
};

const check = (column: string, field: Field): string => {
  switch (field.kind) {
    case 'choice':
      return ` check (${column} in (${list(field.choices)}))`;
    case 'choices':
      return ` check (${column} <@ array[${list(field.choices)}]::text[])`;
    case 'integer':
      return ` check (${column} between ${field.min} and ${field.max})`;
    case 'text':
    case 'longText':
      return ` check (length(${column}) <= ${field.max})`;
    default:
      return '';
  }
};

const systemColumns = [
  'organization_id uuid not null',
  'id uuid not null',
  'number integer not null',
  'version integer not null',
  'created_at timestamptz not null',
  'created_by uuid',
  'updated_at timestamptz not null',
  'updated_by uuid',
  'archived_at timestamptz',
  'archived_reason text',
  "custom jsonb not null default '{}'",
];

/** Fields whose single values are kept in a table of their own: to be filtered by a leakproof operator, and to be held by a foreign key. */
export const linkedFields = (register: Register): [string, Field][] =>
  Object.entries(register.fields).filter(([, field]) => field.kind === 'references' || (isMany(field) && field.filter === true));

/** `systems` and `rolesLaw` → `systems__roles_law`. */
export const linkTable = (register: Register, name: string, field: Field): string => `${register.table}__${columnOf(name, field)}`;

const tenant = (table: string) => [
  `alter table ${table} enable row level security;`,
  `alter table ${table} force row level security;`,
  `create policy tenant on ${table} using (organization_id = current_setting('app.tenant')::uuid);`,
];

const fieldColumns = (register: Register, withChecks: boolean) =>
  Object.entries(register.fields).map(([name, field]) => {
    const column = columnOf(name, field);
    const empty = isMany(field) ? " not null default '{}'" : field.required === true ? ' not null' : '';
    return `${column} ${sqlType(field)}${empty}${withChecks ? check(column, field) : ''}`;
  });

/** The SQL of a register's tables: record, history twin, tables of single values, indexes, policies, grants. */
export const tableSql = (register: Register): string => {
  const { table } = register;
  const indexes = Object.entries(register.fields).flatMap(([name, field]) => {
    const column = columnOf(name, field);
    // Single values are found in their own table; that there are none is asked of the record itself.
    if (isMany(field))
      return field.filter === true
        ? [`create index ${table}_${column}_none on ${table} (organization_id, number) where archived_at is null and ${column} = '{}';`]
        : [];
    // The number ends each index, so that a filtered list comes out in its order and pages never need a sort.
    if (field.filter === true || field.sort === true || field.kind === 'reference')
      return [`create index ${table}_${column} on ${table} (organization_id, ${column}, number) where archived_at is null;`];
    return [];
  });
  const links = linkedFields(register).flatMap(([name, field]) => {
    const link = linkTable(register, name, field);
    const type = field.kind === 'references' ? 'uuid' : 'text';
    return [
      `create table ${link} (organization_id uuid not null, value ${type} not null, record_id uuid not null, primary key (organization_id, value, record_id),`,
      `  foreign key (organization_id, record_id) references ${table} (organization_id, id));`,
      `create index ${link}_record on ${link} (organization_id, record_id);`,
      ...tenant(link),
      `grant select, insert, delete on ${link} to aimwell_app;`,
    ];
  });
  return [
    `-- ${register.name}: generated from its declaration (npm run migration -- ${register.name}), read and checked in.`,
    `create table ${table} (`,
    ...[...systemColumns, ...fieldColumns(register, true)].map((line) => `  ${line},`),
    '  primary key (organization_id, id),',
    '  unique (organization_id, number),',
    '  foreign key (organization_id) references organizations (id)',
    ');',
    `create index ${table}_in_order on ${table} (organization_id, number) where archived_at is null;`,
    `create index ${table}_archived on ${table} (organization_id, number) where archived_at is not null;`,
    `create index ${table}_by_change on ${table} (organization_id, updated_at, number) where archived_at is null;`,
    ...indexes,
    ...tenant(table),
    `grant select, insert, update on ${table} to aimwell_app;`,
    `create table ${table}_history (`,
    ...[...systemColumns, ...fieldColumns(register, false), 'entry_id uuid not null'].map((line) => `  ${line},`),
    '  primary key (organization_id, id, version),',
    '  foreign key (organization_id, entry_id) references trail_entries (organization_id, id)',
    ');',
    `create index ${table}_history_entry on ${table}_history (organization_id, entry_id);`,
    ...tenant(`${table}_history`),
    `grant select, insert on ${table}_history to aimwell_app;`,
    ...links,
    '',
  ].join('\n');
};

/** Foreign keys between registers; they come after all tables, since registers refer to each other in circles. */
export const referenceSql = (register: Register, tableOf: (name: string) => string): string =>
  [
    ...['created_by', 'updated_by'].map(
      (column) =>
        `alter table ${register.table} add constraint ${register.table}_${column}_fk foreign key (organization_id, ${column}) references people (organization_id, id);`,
    ),
    ...Object.entries(register.fields).flatMap(([name, field]) => {
      if (field.kind === 'reference') {
        const column = columnOf(name, field);
        return [
          `alter table ${register.table} add constraint ${register.table}_${column}_fk foreign key (organization_id, ${column}) references ${tableOf(field.to)} (organization_id, id);`,
        ];
      }
      if (field.kind === 'references') {
        const link = linkTable(register, name, field);
        return [
          `alter table ${link} add constraint ${link}_fk foreign key (organization_id, value) references ${tableOf(field.to)} (organization_id, id);`,
        ];
      }
      return [];
    }),
    '',
  ].join('\n');
