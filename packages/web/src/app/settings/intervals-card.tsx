import type { conformityEndpoints } from '@aimwell/contract/conformity/endpoints';
import type { OrganisationSettings } from '@aimwell/contract/identity/views';
import { Button, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { request } from '../../ui/api.ts';
import { Card } from '../../ui/page.tsx';
import { useHere } from '../../ui/session.tsx';
import { Status } from '../../ui/status.tsx';
import { humanise, t } from '../../ui/words.ts';

type Settings = z.infer<typeof conformityEndpoints.settings.response>;
type Row = Settings['intervals'][number];
interface Props {
  readonly settings: OrganisationSettings;
  readonly may: boolean;
  readonly onSave: (conformity: NonNullable<OrganisationSettings['conformity']>) => void;
}

/** The organisation's own measures for what the standard leaves open; one that is not adopted judges softly. */
export const IntervalsCard = ({ settings, may, onSave }: Props) => {
  const here = useHere();
  const found = useQuery({
    queryKey: [here.slug, 'conformity', 'settings'],
    enabled: here.may('conformity.read'),
    retry: false,
    queryFn: ({ signal }) => request<Settings>('GET', here.api('conformity', 'settings'), { signal }),
  });
  if (found.data === undefined) return null;
  const save = (kind: 'intervals' | 'thresholds', name: string, value: number) =>
    onSave({ ...settings.conformity, [kind]: { ...settings.conformity?.[kind], [name]: value } });
  return (
    <>
      <Card title={t('ui.settings.intervals')} flush>
        <p className="sm mut" style={{ padding: '10px 16px 4px' }}>
          {t('ui.settings.intervalsHelp')}
        </p>
        {found.data.intervals.map((row) => (
          <Line key={row.name} label={labelOf(row.name)} row={row} may={may} onSave={(value) => save('intervals', row.name, value)} />
        ))}
      </Card>
      <Card title={t('ui.settings.thresholds')} flush>
        {found.data.thresholds.map((row) => (
          <Line key={row.name} label={labelOf(row.name)} row={row} may={may} onSave={(value) => save('thresholds', row.name, value)} />
        ))}
      </Card>
    </>
  );
};

const labelOf = (name: string): string => t(`ui.settings.measures.${name}`, { defaultValue: humanise(name) });

interface LineProps {
  readonly label: string;
  readonly help?: string;
  readonly row: Row;
  readonly may: boolean;
  readonly onSave: (value: number) => void;
}

/** One measure with its value, adopted or by default. */
export const Line = ({ label, help, row, may, onSave }: LineProps) => {
  const [value, setValue] = useState(row.value);
  return (
    <div className="row wrap" style={{ padding: '6px 16px', borderTop: '1px solid var(--line)' }}>
      <span className="grow sm" style={{ minWidth: 180 }}>
        {label}
        {help === undefined ? null : (
          <span className="xs dim" style={{ display: 'block' }}>
            {help}
          </span>
        )}
      </span>
      <Status value={row.adopted ? 'approved' : 'draft'} label={t(row.adopted ? 'ui.settings.adopted' : 'ui.settings.byDefault')} quiet />
      {may ? (
        <NumberInput
          aria-label={label}
          w={92}
          size="xs"
          min={0}
          step={row.initial < 1 ? 0.05 : 1}
          value={value}
          onChange={(next) => setValue(Number(next))}
        />
      ) : (
        <span className="num m r" style={{ width: 48 }}>
          {row.value}
        </span>
      )}
      {may ? (
        <Button
          size="xs"
          aria-label={t('ui.settings.adoptNamed', { name: label })}
          disabled={row.adopted && value === row.value}
          onClick={() => onSave(value)}
        >
          {t(row.adopted ? 'ui.save' : 'ui.settings.adopt')}
        </Button>
      ) : null}
    </div>
  );
};
