import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { ActionIcon, SegmentedControl, Textarea } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ReferencePicker } from '../ui/form/pickers.tsx';
import { Go } from '../ui/link.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { Status, StatusPill } from '../ui/status.tsx';
import { choiceLabel, fieldLabel, t } from '../ui/words.ts';
import { type EntryChange, useEntryWrite } from './calls.ts';
import { ChoiceCell } from './choice-cell.tsx';
import { ContradictionLines } from './contradiction-lines.tsx';
import { ControlAbout } from './control-about.tsx';
import { ControlProof } from './control-proof.tsx';
import { useEditing } from './editing.tsx';
import { TargetCell } from './target-cell.tsx';
import { WhyChips } from './why.tsx';
import { WhyDialog } from './why-dialog.tsx';

interface Props {
  readonly row: SoaRow;
  readonly onClose: () => void;
  /** Goes to the control before or after it; undefined at the ends. */ readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** Everything about one control: the decision, how far it is, what proves it, what it is for and what an auditor asks. The list beside it stays in use. */
export const ControlPanel = ({ row, onClose, onPrevious, onNext }: Props) => {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside
      className="soa-panel"
      aria-labelledby="soa-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && event.currentTarget.contains(event.target as Node)) onClose();
      }}
    >
      <div className="soa-panel-head">
        <h2 id="soa-panel" ref={title} tabIndex={-1}>
          <span className="id">{row.control}</span> {row.title}
        </h2>
        <ActionIcon aria-label={t('soa.panel.previous')} disabled={onPrevious === undefined} onClick={onPrevious}>
          <IconChevronUp size={17} stroke={1.75} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('soa.panel.next')} disabled={onNext === undefined} onClick={onNext}>
          <IconChevronDown size={17} stroke={1.75} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={t('ui.close')} onClick={onClose}>
          <IconX size={17} stroke={1.75} aria-hidden />
        </ActionIcon>
      </div>
      <div key={row.id} className="stack" style={{ gap: 20 }}>
        <Decision row={row} />
        <Progress row={row} />
        <ControlProof row={row} />
        <ControlAbout row={row} />
        <EntryLink row={row} />
      </div>
    </aside>
  );
};

const decisions = ['undecided', 'included', 'excluded'] as const;

const Decision = ({ row }: { row: SoaRow }) => {
  const { can, whyNot } = useEditing();
  const write = useEntryWrite(row);
  const [why, setWhy] = useState(false);
  return (
    <section className="stack" style={{ gap: 10 }} aria-label={fieldLabel('soa-entries', 'decision')}>
      {can('decision') ? (
        <SegmentedControl
          fullWidth
          aria-label={fieldLabel('soa-entries', 'decision')}
          value={row.decision}
          onChange={(decision) => write.mutate({ decision })}
          data={decisions.map((one) => ({ value: one, label: choiceLabel('soa-entries', 'decision', one) }))}
        />
      ) : (
        <div className="row wrap">
          <StatusPill value={row.decision} register="soa-entries" field="decision" />
          <span className="xs dim">{whyNot('decision')}</span>
        </div>
      )}
      <div className="row wrap" style={{ gap: 4 }}>
        <WhyChips row={row} />
      </div>
      {row.decision === 'included' && row.justification !== null ? <p className="sm mut pre">{row.justification}</p> : null}
      {row.gaps.length === 0 ? null : (
        <ul className="soa-gaps sm">
          {row.gaps.map((gap) => (
            <li key={gap} className="t-warn">
              {t(`soa.gaps.${gap}`)}
            </li>
          ))}
        </ul>
      )}
      {can('reasons') ? (
        <div>
          <button type="button" className="link sm" onClick={() => setWhy(true)}>
            {t('soa.editWhy')}
          </button>
        </div>
      ) : null}
      <ContradictionLines row={row} onChange={(change) => write.mutate(change)} />
      <ProblemView error={write.error} label={(field) => fieldLabel('soa-entries', field)} />
      {why ? <WhyDialog row={row} onClose={() => setWhy(false)} /> : null}
    </section>
  );
};

const Progress = ({ row }: { row: SoaRow }) => {
  const { can } = useEditing();
  const write = useEntryWrite(row);
  const change = (next: EntryChange) => write.mutate(next);
  return (
    <section className="stack" style={{ gap: 10 }} aria-labelledby="progress">
      <h3 id="progress">{t('soa.panel.progress')}</h3>
      <div className="row wrap" style={{ gap: '4px 16px' }}>
        {can('status') ? (
          <ChoiceCell
            control={row.control}
            name="status"
            value={row.status}
            onChange={(status) => change({ status: status as SoaRow['status'] })}
          />
        ) : (
          <Status value={row.status} register="soa-entries" field="status" />
        )}
        <TargetCell row={row} onChange={(targetDate) => change({ targetDate })} />
      </div>
      {can('owner') ? (
        <ReferencePicker to="people" label={fieldLabel('soa-entries', 'owner')} value={row.owner} onChange={(owner) => change({ owner })} />
      ) : (
        <p className="sm">{t('soa.panel.owner', { name: row.owner?.title ?? t('soa.nobody') })}</p>
      )}
      <Note row={row} onSave={(statusNote) => change({ statusNote })} />
      <ProblemView error={write.error} label={(field) => fieldLabel('soa-entries', field)} />
    </section>
  );
};

const Note = ({ row, onSave }: { row: SoaRow; onSave: (note: string | null) => void }) => {
  const { can } = useEditing();
  const [note, setNote] = useState(row.statusNote ?? '');
  if (!can('statusNote')) return row.statusNote === null ? null : <p className="sm mut pre">{row.statusNote}</p>;
  return (
    <Textarea
      autosize
      minRows={2}
      label={fieldLabel('soa-entries', 'statusNote')}
      value={note}
      onChange={(event) => setNote(event.currentTarget.value)}
      onBlur={() => {
        const next = note.trim() === '' ? null : note.trim();
        if (next !== row.statusNote) onSave(next);
      }}
    />
  );
};

const EntryLink = ({ row }: { row: SoaRow }) => {
  const here = useHere();
  return (
    <p className="sm">
      <Go className="link" to={here.to('soa-entries', row.id)}>
        {t('soa.panel.record', { id: row.identifier })}
      </Go>
    </p>
  );
};
