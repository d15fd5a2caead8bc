import type { Register } from '@aimwell/contract/platform/register';
import { Button, Menu } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronRight, IconDots } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { hasCode } from '../api.ts';
import { CommentsCard } from '../comments.tsx';
import { MomentText } from '../date-text.tsx';
import { ReasonDialog } from '../dialogs.tsx';
import { EvidenceDrop } from '../evidence-card.tsx';
import { EditGroup } from '../form/edit-group.tsx';
import { fieldGroups } from '../form/record-fields.tsx';
import { HistoryCard } from '../history.tsx';
import { Go } from '../link.tsx';
import { Card, Empty, NameValues, Say, useTitle, Waiting } from '../page.tsx';
import { PersonName } from '../person.tsx';
import { ProblemView } from '../problem.tsx';
import { type RecordView, titleOf, useRecord, useWrite } from '../record.ts';
import { RoomPanels } from '../rooms-context.tsx';
import { useHere } from '../session.tsx';
import { Shape } from '../shapes.tsx';
import { StatusPill } from '../status.tsx';
import { groupLabel, inSentence, registerMany, registerOne, t } from '../words.ts';
import { ConformityCard } from './conformity-card.tsx';
import { NextStep } from './next-step.tsx';
import { RelatedCards } from './related.tsx';

interface Props {
  readonly register: Register;
  readonly id: string;
  /** Stands under the title: a sentence, a line of gates. */
  readonly lead?: (record: RecordView) => ReactNode;
  /** Groups of fields that tell what the record is: they stand before everything else, in this order. */
  readonly firstGroups?: readonly string[];
  /** Stands before the other fields. */
  readonly main?: (record: RecordView) => ReactNode;
  /** Stands beside the fields, after the next step. */
  readonly side?: (record: RecordView) => ReactNode;
  /** Groups of fields the room shows itself. */
  readonly hideGroups?: readonly string[];
  /** Registers whose records the room shows itself. */
  readonly hideRelated?: readonly string[];
}

/** The page of any record: what it is, where it stands and what moves it on, its fields, what hangs on it, its history, and what the rules say. */
export const RecordPage = (props: Props) => {
  const { register, id } = props;
  const record = useRecord(register.name, id);
  const here = useHere();
  if (record.isPending)
    return (
      <div className="page">
        <Waiting lines={8} />
      </div>
    );
  if (record.isError && hasCode(record.error, 'NOT_FOUND'))
    return (
      <div className="page">
        <h1 tabIndex={-1} className="sr">
          {t('ui.notFoundTitle')}
        </h1>
        <Empty
          title={t('ui.noSuchRecord', { what: inSentence(registerOne(register.name)) })}
          action={
            <Go to={here.to(register.name)} className="link">
              {registerMany(register.name)}
            </Go>
          }
        />
      </div>
    );
  if (record.isError)
    return (
      <div className="page">
        <ProblemView
          error={record.error}
          onRetry={() => {
            void record.refetch();
          }}
        />
      </div>
    );
  return <Shown {...props} record={record.data} />;
};

const Shown = ({
  register,
  record,
  lead,
  main,
  side,
  firstGroups = [],
  hideGroups = [],
  hideRelated = [],
}: Props & { record: RecordView }) => {
  // Where the columns stand below each other, the next step must not lie under every field.
  const narrow = useMediaQuery('(max-width: 900px)') ?? false;
  const title = titleOf(register, record);
  useTitle(`${record.identifier} ${title}`);
  const past = useHere().asOf !== null;
  const groups = fieldGroups(
    register,
    (field, name) => field.kind !== 'result' && name !== register.state && !hideGroups.includes(field.group ?? ''),
  );
  const first = firstGroups.flatMap((name) => groups.filter(({ group }) => group === name));
  const shown = ({ group, fields }: (typeof groups)[number]): ReactNode => (
    <EditGroup
      key={group}
      register={register}
      record={record}
      fields={fields}
      title={group === '' ? t('ui.overview') : groupLabel(register.name, group)}
    />
  );
  const state = register.state === undefined ? undefined : record[register.state];
  return (
    <div className="page">
      <Head register={register} record={record} title={title} state={typeof state === 'string' ? state : undefined} />
      {lead === undefined ? null : <div style={{ marginTop: 12 }}>{lead(record)}</div>}
      {record.archivedAt === null ? null : (
        <div style={{ marginTop: 12 }}>
          <Say tone="note" icon={<Shape kind="dash" tone="note" />}>
            {t('ui.archivedNote')} <MomentText value={record.archivedAt} />. {record.archivedReason}
          </Say>
        </div>
      )}
      <div className="two" style={{ marginTop: 20 }}>
        <div className="stack">
          {narrow && !past ? <NextStep register={register} record={record} /> : null}
          {first.map(shown)}
          {main?.(record)}
          <RoomPanels where="main" register={register} record={record} />
          {groups.filter((one) => !first.includes(one)).map(shown)}
          <OwnFields record={record} />
          <RoomPanels where="after" register={register} record={record} />
          <EvidenceDrop register={register} record={record} />
          <RelatedCards register={register} record={record} hide={hideRelated} />
        </div>
        <aside className="stack" aria-label={t('ui.beside')}>
          {narrow || past ? null : <NextStep register={register} record={record} />}
          {side?.(record)}
          <RoomPanels where="side" register={register} record={record} />
          <ConformityCard register={register.name} id={record.id} />
          <About record={record} />
          <CommentsCard register={register.name} id={record.id} />
          <HistoryCard register={register} id={record.id} />
        </aside>
      </div>
    </div>
  );
};

const Head = ({ register, record, title, state }: { register: Register; record: RecordView; title: string; state: string | undefined }) => {
  const here = useHere();
  return (
    <>
      <nav className="row sm mut" aria-label={t('ui.path')}>
        <Go to={here.to(register.name)}>{registerMany(register.name)}</Go>
        <IconChevronRight size={13} stroke={1.75} aria-hidden />
        <span className="id">{record.identifier}</span>
      </nav>
      <div className="row wrap" style={{ marginTop: 4, alignItems: 'flex-start' }}>
        <div className="row wrap" style={{ flex: '1 1 0', minWidth: 'min(100%, 420px)' }}>
          <h1 tabIndex={-1} style={{ fontSize: 24, lineHeight: '32px' }}>
            {title}
          </h1>
          {state === undefined ? null : <StatusPill value={state} register={register.name} field={register.state ?? ''} />}
        </div>
        <div className="row">
          <span className="sm dim">
            {t('ui.version', { n: record.version })} · {t('ui.savedAt')} <MomentText value={record.updatedAt} ago />
          </span>
          <RecordMenu register={register} record={record} />
        </div>
      </div>
    </>
  );
};

const RecordMenu = ({ register, record }: { register: Register; record: RecordView }) => {
  const here = useHere();
  const write = useWrite(register.name);
  const [archiving, setArchiving] = useState(false);
  const may = here.holds(register.permissions.archive) && record.archivedAt === null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" px={8} aria-label={t('ui.more')}>
            <IconDots size={18} stroke={1.75} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            onClick={() => {
              void navigator.clipboard.writeText(location.href);
            }}
          >
            {t('ui.copyLink')}
          </Menu.Item>
          <Menu.Item onClick={() => window.print()}>{t('ui.print')}</Menu.Item>
          {may ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => setArchiving(true)}>{t('ui.archiveDots')}</Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <ReasonDialog
        opened={archiving}
        onClose={() => setArchiving(false)}
        title={t('ui.archiveOne', { what: record.identifier })}
        verb={t('ui.archive')}
        onConfirm={(reason) => write.mutateAsync({ kind: 'archive', id: record.id, version: record.version, reason })}
      >
        {t('ui.archiveHelp')}
      </ReasonDialog>
    </>
  );
};

const OwnFields = ({ record }: { record: RecordView }) => {
  const own = Object.entries(record.custom ?? {});
  return own.length === 0 ? null : (
    <Card title={t('ui.ownFields')} flush>
      <dl style={{ margin: 0, padding: '4px 0' }}>
        {own.map(([name, value]) => (
          <div key={name} className="edit-row">
            <dt className="k">{name}</dt>
            <dd className="pre" style={{ margin: 0 }}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
};

const About = ({ record }: { record: RecordView }) => (
  <Card>
    <NameValues
      rows={[
        [t('ui.fields.createdBy'), <PersonName key="c" name={record.createdBy?.title ?? null} />],
        [t('ui.fields.createdAt'), <MomentText key="a" value={record.createdAt} />],
        [t('ui.fields.updatedAt'), <MomentText key="u" value={record.updatedAt} />],
      ]}
    />
  </Card>
);
