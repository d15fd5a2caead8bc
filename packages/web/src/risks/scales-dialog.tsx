import { type Band, levelTable } from '@aimwell/core/risks/criteria';
import { Button, Modal, NumberInput, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ProblemView } from '../ui/problem.tsx';
import { useWrite } from '../ui/record.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';
import { criteriaOf, type Scales } from './calls.ts';
import { HeatMap } from './heat-map.tsx';

/** Edits the scales of a draft: steps, bands, threshold and, where the product of both is not what is meant, each cell. */
export default function ScalesDialog({ record, onClose, onDone }: CommandPanelProps) {
  const write = useWrite('risk-criteria');
  const { threshold: was, ...started } = criteriaOf(record);
  const [scales, setScales] = useState<Scales>(started);
  const [threshold, setThreshold] = useState(was);
  const levels = levelTable(scales as never);
  const cells = levels.flatMap((row, l) => row.map((level, c) => ({ likelihood: l + 1, consequence: c + 1, level })));
  const resize = (next: Scales): void =>
    setScales(
      next.matrix === undefined
        ? next
        : { ...next, matrix: next.likelihood.map((_, l) => next.consequence.map((__, c) => next.matrix?.[l]?.[c] ?? (l + 1) * (c + 1))) },
    );
  const save = async () => {
    const saved = await write
      .mutateAsync({ kind: 'command', id: record.id, version: record.version, command: 'setScales', input: scales })
      .catch(() => undefined);
    if (saved === undefined) return;
    const done =
      threshold === was
        ? saved
        : await write.mutateAsync({ kind: 'patch', id: record.id, version: saved.version, values: { threshold } }).catch(() => undefined);
    if (done !== undefined) onDone(done);
  };
  return (
    <Modal opened onClose={onClose} size={980} title={t('risks.criteria.edit')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <HeatMap
          label={t('risks.criteria.matrix')}
          likelihood={scales.likelihood.map(({ label }) => label)}
          consequence={scales.consequence.map(({ label }) => label)}
          cells={cells}
          threshold={threshold}
        />
        <NumberInput
          style={{ maxWidth: 320 }}
          label={t('risks.criteria.threshold')}
          description={t('risks.criteria.thresholdHelp')}
          min={1}
          max={49}
          value={threshold}
          onChange={(next) => setThreshold(Number(next))}
        />
        <StepsEditor
          title={t('risks.criteria.likelihood')}
          steps={scales.likelihood}
          fields={['meaning']}
          make={() => ({ label: '', meaning: '' })}
          onChange={(likelihood) => resize({ ...scales, likelihood })}
        />
        <StepsEditor
          title={t('risks.criteria.consequence')}
          steps={scales.consequence}
          fields={['organisation', 'individuals', 'societies']}
          make={() => ({ label: '', organisation: '', individuals: '', societies: '' })}
          onChange={(consequence) => resize({ ...scales, consequence })}
        />
        <BandsEditor bands={scales.bands} onChange={(bands) => setScales({ ...scales, bands })} />
        <NumberInput
          style={{ maxWidth: 420 }}
          label={t('risks.criteria.secondReaderBands')}
          description={t('risks.criteria.secondReaderHelp')}
          min={0}
          max={scales.bands.length}
          value={scales.secondReaderBands ?? 0}
          onChange={(next) => setScales({ ...scales, secondReaderBands: Number(next) })}
        />
        <Cells scales={scales} levels={levels} onChange={setScales} />
        <ProblemView error={write.error} label={(field) => t(`risks.criteria.${field.split('.')[0] ?? ''}`, { defaultValue: field })} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" variant="filled" loading={write.isPending}>
            {t('ui.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <fieldset>
    <legend>{title}</legend>
    {children}
  </fieldset>
);

type Step = { readonly label: string } & Readonly<Record<string, string>>;
const StepsEditor = <S extends Step>({
  title,
  steps,
  fields,
  make,
  onChange,
}: {
  title: string;
  steps: readonly S[];
  fields: readonly (keyof S & string)[];
  make: () => S;
  onChange: (steps: S[]) => void;
}) => {
  const set = (at: number, change: Partial<S>) => onChange(steps.map((step, index) => (index === at ? { ...step, ...change } : step)));
  return (
    <Part title={title}>
      {steps.map((step, index) => (
        <div key={index} className="row" style={{ alignItems: 'flex-start' }}>
          <TextInput
            w={150}
            aria-label={t('risks.criteria.stepN', { what: title, n: index + 1 })}
            value={step.label}
            onChange={(event) => set(index, { label: event.currentTarget.value } as Partial<S>)}
          />
          {fields.map((field) => (
            <Textarea
              key={field}
              className="grow"
              autosize
              minRows={1}
              maxRows={4}
              aria-label={`${step.label}: ${field === 'meaning' ? t('risks.criteria.meaning') : t(`risks.assess.view.${field}`)}`}
              placeholder={field === 'meaning' ? t('risks.criteria.meaning') : t(`risks.assess.view.${field}`)}
              value={step[field]}
              onChange={(event) => set(index, { [field]: event.currentTarget.value } as Partial<S>)}
            />
          ))}
        </div>
      ))}
      <div className="row">
        {steps.length < 7 ? (
          <Button size="xs" onClick={() => onChange([...steps, make()])}>
            {t('risks.criteria.addStep')}
          </Button>
        ) : null}
        {steps.length > 3 ? (
          <Button size="xs" variant="subtle" onClick={() => onChange(steps.slice(0, -1))}>
            {t('risks.criteria.dropStep')}
          </Button>
        ) : null}
      </div>
    </Part>
  );
};

const BandsEditor = ({ bands, onChange }: { bands: Scales['bands']; onChange: (bands: Scales['bands']) => void }) => {
  const set = (at: number, change: Partial<Required<Band>>) =>
    onChange(bands.map((band, index) => (index === at ? { ...band, ...change } : band)));
  const last = bands.at(-1);
  return (
    <Part title={t('risks.criteria.bands')}>
      {bands.map((band, index) => (
        <div key={index} className="row wrap">
          <TextInput
            w={150}
            aria-label={t('risks.criteria.bandN', { n: index + 1 })}
            value={band.name}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <NumberInput
            w={90}
            aria-label={`${band.name}: ${t('risks.criteria.from')}`}
            prefix={`${t('risks.criteria.from')} `}
            min={1}
            max={49}
            value={band.min}
            onChange={(min) => set(index, { min: Number(min) })}
          />
          <NumberInput
            w={90}
            aria-label={`${band.name}: ${t('risks.criteria.to')}`}
            prefix={`${t('risks.criteria.to')} `}
            min={1}
            max={49}
            value={band.max}
            onChange={(max) => set(index, { max: Number(max) })}
          />
          <NumberInput
            w={170}
            aria-label={`${band.name}: ${t('risks.criteria.review')}`}
            prefix={`${t('risks.criteria.every')} `}
            suffix={` ${t('risks.criteria.monthsWord')}`}
            min={1}
            max={60}
            value={band.reviewMonths}
            onChange={(reviewMonths) => set(index, { reviewMonths: Number(reviewMonths) })}
          />
        </div>
      ))}
      <div className="row">
        {bands.length < 7 && last !== undefined ? (
          <Button size="xs" onClick={() => onChange([...bands, { ...last, name: '', min: last.max + 1, max: last.max + 1 }])}>
            {t('risks.criteria.addBand')}
          </Button>
        ) : null}
        {bands.length > 2 ? (
          <Button size="xs" variant="subtle" onClick={() => onChange(bands.slice(0, -1))}>
            {t('risks.criteria.dropBand')}
          </Button>
        ) : null}
      </div>
    </Part>
  );
};

/** Levels cell by cell; without them the level is likelihood times consequence. */
const Cells = ({
  scales,
  levels,
  onChange,
}: {
  scales: Scales;
  levels: readonly (readonly number[])[];
  onChange: (scales: Scales) => void;
}) => {
  const { matrix, ...rest } = scales;
  if (matrix === undefined)
    return (
      <Part title={t('risks.criteria.cells')}>
        <p className="sm mut">{t('risks.criteria.product')}</p>
        <div>
          <Button size="xs" onClick={() => onChange({ ...rest, matrix: levels.map((row) => [...row]) })}>
            {t('risks.criteria.own')}
          </Button>
        </div>
      </Part>
    );
  return (
    <Part title={t('risks.criteria.cells')}>
      {matrix
        .map((row, l) => ({ row, l }))
        .toReversed()
        .map(({ row, l }) => (
          <div key={l} className="row">
            <span className="sm mut" style={{ width: 110 }}>
              {scales.likelihood[l]?.label}
            </span>
            {row.map((level, c) => (
              <NumberInput
                key={c}
                w={72}
                hideControls
                aria-label={`${scales.likelihood[l]?.label ?? ''} × ${scales.consequence[c]?.label ?? ''}`}
                min={1}
                max={49}
                value={level}
                onChange={(next) =>
                  onChange({
                    ...rest,
                    matrix: matrix.map((line, at) => (at === l ? line.map((one, column) => (column === c ? Number(next) : one)) : line)),
                  })
                }
              />
            ))}
          </div>
        ))}
      <div>
        <Button size="xs" variant="subtle" onClick={() => onChange(rest)}>
          {t('risks.criteria.useProduct')}
        </Button>
      </div>
    </Part>
  );
};
