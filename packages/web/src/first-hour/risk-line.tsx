import { Button } from '@mantine/core';
import { useState } from 'react';
import { Go } from '../ui/link.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { LevelChip, Status } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import type { Scales } from './criteria-matrix.tsx';
import { RateForm } from './rate-form.tsx';
import { TreatForm } from './treat-form.tsx';

/** A risk that was taken: its level, its treatment, and the form for whichever comes next. */
export const RiskLine = ({ risk, scales, threshold }: { risk: RecordView; scales: Scales | null; threshold: number }) => {
  const here = useHere();
  const treatments = useSomeRecords('treatments', { risk: risk.id }, 10);
  const [open, setOpen] = useState<'rate' | 'treat'>();
  const rated = typeof risk['inherentLevel'] === 'number';
  const treatment = treatments.data?.items[0];
  const name = String(risk['statement']);
  return (
    <li className="fh-risk">
      <div className="fh-line tall">
        <LevelChip
          level={risk['inherentLevel'] as number | null}
          max={scales === null ? 25 : scales.likelihood.length * scales.consequence.length}
        />
        <div className="grow">
          <Go className="link plain m" to={here.to('risks', risk.id)}>
            {name}
          </Go>
          <div className="sm mut row wrap" style={{ gap: '2px 12px' }}>
            <Status value={String(risk['state'])} register="risks" field="state" quiet />
            {rated ? (
              <span>{t(risk['aboveThreshold'] === 'yes' ? 'first-hour.isAbove' : 'first-hour.isWithin', { threshold })}</span>
            ) : null}
            {treatment === undefined ? null : (
              <span>
                {choiceLabel('treatments', 'option', String(treatment['option']))}: {String(treatment['title'])}
              </span>
            )}
          </div>
        </div>
        {open !== undefined ? null : !rated ? (
          <Button size="xs" disabled={scales === null} aria-label={t('first-hour.rateOf', { what: name })} onClick={() => setOpen('rate')}>
            {t('first-hour.rate')}
          </Button>
        ) : treatment === undefined ? (
          <Button size="xs" aria-label={t('first-hour.treatOf', { what: name })} onClick={() => setOpen('treat')}>
            {t('first-hour.treat')}
          </Button>
        ) : null}
      </div>
      {open === 'rate' && scales !== null ? (
        <RateForm risk={risk} scales={scales} threshold={threshold} onClose={() => setOpen(undefined)} />
      ) : null}
      {open === 'treat' && scales !== null ? <TreatForm risk={risk} scales={scales} onClose={() => setOpen(undefined)} /> : null}
    </li>
  );
};
