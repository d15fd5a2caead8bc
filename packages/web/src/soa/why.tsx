import type { SoaRow } from '@aimwell/contract/soa/endpoints';
import { IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Go } from '../ui/link.tsx';
import { useHere } from '../ui/session.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { useEditing } from './editing.tsx';

const cited = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(';')
    .map((one) => one.trim())
    .filter((one) => one !== '');
/** In a narrow column the law's name is left to the title: "AI Act, Art. 26(2)" becomes "Art. 26(2)". */
const short = (law: string): string => law.replace(/^AI Act, /, '').replaceAll(' ', '\u00A0');

/** Why a control is in or out: the records, laws and contracts that call for it, as links; words where there is nothing to link. */
export const WhyChips = ({ row, most = 99 }: { row: SoaRow; most?: number }) => {
  const here = useHere();
  const { open } = useEditing();
  if (row.decision === 'excluded')
    return row.justification === null ? null : (
      <span className="sm soa-quote" title={row.justification}>
        “{row.justification}”
      </span>
    );
  const missing = row.reasons.filter((reason) => !namedIn(row, reason));
  const chips: ReactNode[] = [
    ...row.risks.map((one) => (
      <Go key={one.id} className="chip" to={here.to('risks', one.id)} title={one.title}>
        {one.identifier}
      </Go>
    )),
    ...cited(row.laws).map((law) => (
      <Go key={law} className="chip law" to={here.to('systems')} title={`${law}. ${t('soa.lawFrom')}`}>
        <span className="ell">{most < 9 ? short(law) : law}</span>
      </Go>
    )),
    ...row.objectives.map((one) => (
      <Go key={one.id} className="chip" to={here.to('objectives', one.id)} title={one.title}>
        {one.identifier}
      </Go>
    )),
    ...cited(row.contracts).map((contract) => (
      <Go key={contract} className="chip" to={`${here.to('party-requirements')}?basis=contract`} title={contract}>
        {most < 9 ? choiceLabel('soa-entries', 'reasons', 'contract') : <span className="ell">{contract}</span>}
      </Go>
    )),
    ...(row.reasons.includes('own_choice')
      ? [
          <span key="own" className="chip" title={row.justification ?? undefined}>
            {choiceLabel('soa-entries', 'reasons', 'own_choice')}
          </span>,
        ]
      : []),
    ...missing
      .filter((reason) => reason !== 'own_choice')
      .map((reason) => (
        <span key={reason} className="chip soa-open" title={t('soa.gaps.REASON_NOT_LINKED')}>
          {choiceLabel('soa-entries', 'reasons', reason)}
          <span className="t-warn">{t('soa.which')}</span>
        </span>
      )),
  ];
  return (
    <>
      {chips.slice(0, most)}
      {chips.length > most ? (
        <button
          type="button"
          className="link xs soa-more"
          onClick={() => open(row.control)}
          aria-label={t('soa.moreReasons', { control: row.control, count: chips.length - most })}
        >
          +{chips.length - most}
        </button>
      ) : null}
    </>
  );
};

const namedIn = (row: SoaRow, reason: SoaRow['reasons'][number]): boolean => {
  switch (reason) {
    case 'risk':
      return row.risks.length > 0;
    case 'law':
      return cited(row.laws).length > 0;
    case 'contract':
      return cited(row.contracts).length > 0;
    case 'objective':
      return row.objectives.length > 0;
    case 'own_choice':
      return true;
  }
};

/** The chips in a row, and the pencil beside them; where nothing is said yet, the question. */
export const WhyCell = ({ row, onEdit }: { row: SoaRow; onEdit: () => void }) => {
  const { can, whyNot } = useEditing();
  const empty =
    row.decision === 'excluded'
      ? row.justification === null
      : row.reasons.length === 0 && row.risks.length + row.objectives.length === 0 && row.laws === null && row.contracts === null;
  if (!can('reasons'))
    return (
      <span className="row wrap soa-why" title={empty ? whyNot('reasons') : undefined}>
        {empty ? <span className="dim">–</span> : <WhyChips row={row} most={3} />}
      </span>
    );
  return (
    <span className="row wrap soa-why" data-edit>
      <WhyChips row={row} most={3} />
      <button
        type="button"
        className={empty ? 'chip soa-open' : 'soa-cell soa-pencil'}
        data-cell="why"
        aria-label={t('soa.change.why', { control: row.control })}
        onClick={onEdit}
      >
        {empty ? (
          row.decision === 'undecided' ? (
            t('soa.giveReason')
          ) : (
            <span className="t-warn">{t(row.decision === 'excluded' ? 'soa.writeWhy' : 'soa.reasonNeeded')}</span>
          )
        ) : (
          <IconPencil size={14} stroke={1.75} aria-hidden />
        )}
      </button>
    </span>
  );
};
