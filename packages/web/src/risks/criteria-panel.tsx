import { riskCriteria } from '@aimwell/contract/risks/criteria';
import { levelTable } from '@aimwell/core/risks/criteria';
import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { Card } from '../ui/page.tsx';
import type { RecordPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { criteriaOf } from './calls.ts';
import { HeatMap } from './heat-map.tsx';

const ScalesDialog = lazy(() => import('./scales-dialog.tsx'));

/** The matrix with its threshold, the bands, and what each step of a scale means. Editable while it is a draft. */
export default function CriteriaPanel({ record }: RecordPanelProps) {
  const here = useHere();
  const [editing, setEditing] = useState(false);
  if (record['scales'] === null || record['scales'] === undefined) return null;
  const criteria = criteriaOf(record);
  const cells = levelTable(criteria).flatMap((row, l) => row.map((level, c) => ({ likelihood: l + 1, consequence: c + 1, level })));
  const may = record['state'] === 'draft' && here.holds(riskCriteria.permissions.change);
  const close = () => setEditing(false);
  return (
    <>
      <Card
        title={t('risks.criteria.matrix')}
        actions={
          may ? (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPencil size={15} stroke={1.75} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('risks.criteria.edit')}
            </Button>
          ) : undefined
        }
      >
        <div className="stack">
          <HeatMap
            label={t('risks.criteria.matrix')}
            likelihood={criteria.likelihood.map(({ label }) => label)}
            consequence={criteria.consequence.map(({ label }) => label)}
            cells={cells}
            threshold={criteria.threshold}
          />
          <p className="sm mut">{t('risks.criteria.line', { threshold: criteria.threshold })}</p>
          {criteria.secondReaderBands === undefined || criteria.secondReaderBands === 0 ? null : (
            <p className="sm mut">
              {t('risks.criteria.readTwice', {
                bands: criteria.bands
                  .slice(-criteria.secondReaderBands)
                  .map(({ name }) => name)
                  .join(', '),
              })}
            </p>
          )}
          <table className="scale-table">
            <thead>
              <tr>
                <th scope="col">{t('risks.criteria.band')}</th>
                <th scope="col">{t('risks.criteria.levels')}</th>
                <th scope="col">{t('risks.criteria.review')}</th>
              </tr>
            </thead>
            <tbody>
              {criteria.bands.map((band) => (
                <tr key={band.name}>
                  <td>{band.name}</td>
                  <td className="num">
                    {band.min}–{band.max}
                  </td>
                  <td>{t('risks.criteria.months', { count: band.reviewMonths })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      <Card title={t('risks.criteria.likelihood')}>
        <table className="scale-table">
          <tbody>
            {criteria.likelihood.map((step, index) => (
              <tr key={step.label}>
                <td className="num dim" style={{ width: 20 }}>
                  {index + 1}
                </td>
                <td className="m" style={{ width: 130 }}>
                  {step.label}
                </td>
                <td className="mut">{step.meaning}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title={t('risks.criteria.consequence')}>
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('risks.criteria.consequence')}>
          <table className="scale-table" style={{ minWidth: 560 }}>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">{t('risks.criteria.step')}</th>
                {(['organisation', 'individuals', 'societies'] as const).map((view) => (
                  <th key={view} scope="col">
                    {t(`risks.assess.view.${view}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {criteria.consequence.map((step, index) => (
                <tr key={step.label}>
                  <td className="num dim">{index + 1}</td>
                  <td className="m">{step.label}</td>
                  <td className="mut">{step.organisation}</td>
                  <td className="mut">{step.individuals}</td>
                  <td className="mut">{step.societies}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Card>
      {editing ? (
        <Suspense fallback={null}>
          <ScalesDialog register={riskCriteria} record={record} onClose={close} onDone={close} />
        </Suspense>
      ) : null}
    </>
  );
}
