import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { memo, useRef, useState } from 'react';
import { hasCode } from '../ui/api.ts';
import { ProblemView } from '../ui/problem.tsx';
import { fieldLabel, t } from '../ui/words.ts';
import { type EntryChange, useEntryWrite } from './calls.ts';
import { ChoiceCell } from './choice-cell.tsx';
import { ContradictionLines } from './contradiction-lines.tsx';
import { blocking } from './counts.ts';
import { useEditing } from './editing.tsx';
import { EvidenceBar } from './evidence-bar.tsx';
import { OwnerCell } from './owner-cell.tsx';
import { decisionOfKey, moveInRows, openCell } from './keys.ts';
import { TargetCell } from './target-cell.tsx';
import { WhyCell } from './why.tsx';
import { WhyDialog } from './why-dialog.tsx';

/** One control: what was decided, why, how far it is, who has it, and how fresh its evidence is. Everything is changed where it stands. */
export const EntryRow = memo(({ row, current }: { row: SoaRow; current: boolean }) => {
  const { can, whyNot, open } = useEditing();
  const [why, setWhy] = useState(false);
  const [notice, setNotice] = useState<string>();
  const item = useRef<HTMLLIElement>(null);
  const write = useEntryWrite(row);
  const closeWhy = () => {
    setWhy(false);
    requestAnimationFrame(() => item.current?.querySelector<HTMLElement>('[data-cell="why"]')?.focus());
  };
  const change = (next: EntryChange) => {
    setNotice(undefined);
    write.mutate(next);
  };
  const keys = (event: React.KeyboardEvent<HTMLLIElement>) => {
    if (moveInRows(event)) return;
    const decision = decisionOfKey(event);
    if (decision !== undefined) {
      event.preventDefault();
      if (!can('decision')) setNotice(whyNot('decision'));
      else if (decision !== row.decision) change({ decision });
    } else openCell(event);
  };
  return (
    <li
      ref={item}
      className="soa-row"
      data-bad={blocking(row) || undefined}
      data-current={current || undefined}
      id={`control-${row.control}`}
      onKeyDown={keys}
    >
      <span className="id">{row.control}</span>
      <span className="soa-title">
        <button
          type="button"
          className="soa-name"
          data-row
          aria-label={`${row.control} ${row.title}`}
          aria-expanded={current}
          onClick={() => open(row.control)}
        >
          {row.title}
        </button>
        {row.statusNote === null ? null : <span className="xs dim soa-note">{row.statusNote}</span>}
      </span>
      <span className="soa-decision">
        <ChoiceCell
          control={row.control}
          name="decision"
          value={row.decision}
          quiet={row.decision === 'included'}
          onChange={(decision) => change({ decision: decision as SoaRow['decision'] })}
        />
      </span>
      <WhyCell row={row} onEdit={() => setWhy(true)} />
      <span className="soa-status">
        <ChoiceCell
          control={row.control}
          name="status"
          value={row.status}
          onChange={(status) => change({ status: status as SoaRow['status'] })}
        />
        {row.decision !== 'excluded' && ['not_started', 'planned', 'in_progress'].includes(row.status) ? (
          <TargetCell row={row} onChange={(targetDate) => change({ targetDate })} />
        ) : null}
        {row.gaps.includes('STATUS_OF_EXCLUDED') ? <span className="xs t-warn">{t('soa.gaps.STATUS_OF_EXCLUDED')}</span> : null}
      </span>
      <span className="soa-owner">
        <OwnerCell row={row} onChange={(owner) => change({ owner })} />
      </span>
      <span className="soa-evidence">
        <EvidenceBar row={row} />
      </span>
      <ContradictionLines row={row} onChange={change} />
      {notice === undefined ? null : (
        <p className="soa-below sm mut" role="status">
          {notice}
        </p>
      )}
      {write.isError && !why ? (
        <div className="soa-below">
          {hasCode(write.error, 'VERSION_CONFLICT') ? (
            <p className="say-box warn sm" role="alert">
              {t('soa.overtaken')}
            </p>
          ) : (
            <ProblemView error={write.error} label={(field) => fieldLabel('soa-entries', field)} />
          )}
        </div>
      ) : null}
      {why ? <WhyDialog row={row} onClose={closeWhy} /> : null}
    </li>
  );
});
EntryRow.displayName = 'EntryRow';
