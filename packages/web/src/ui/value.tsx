import type { Field } from '@aimwell/contract/platform/field';
import type { Register } from '@aimwell/contract/platform/register';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { DayText, MomentText } from './date-text.tsx';
import { Go } from './link.tsx';
import { Initials, PersonName } from './person.tsx';
import { useHere } from './session.tsx';
import { LevelChip, Status } from './status.tsx';
import { choiceLabel, t } from './words.ts';

interface Props {
  readonly register: Register;
  readonly name: string;
  readonly value: unknown;
  /** In a table cell: one line, initials for people. */
  readonly cell?: boolean;
}

const nothing = <span className="dim">–</span>;
const isDue = (name: string): boolean => /due|until/i.test(name);
const isLevel = (name: string): boolean => /level$/i.test(name);

/** A field's value as people read it, by the kind of the field. */
export const FieldValue = ({ register, name, value, cell = false }: Props) => {
  const field = register.fields[name];
  if (field === undefined || value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return cell && field?.kind === 'reference' && field.to === 'people' ? <Initials name={null} /> : nothing;
  }
  switch (field.kind) {
    case 'date':
      return <DayText value={String(value)} due={isDue(name)} distance={!cell} />;
    case 'moment':
      return <MomentText value={String(value)} />;
    case 'boolean':
      return <span className="st quiet">{t(value === true ? 'ui.yes' : 'ui.no')}</span>;
    case 'integer':
      return isLevel(name) ? <LevelChip level={Number(value)} /> : <span className="num">{String(value)}</span>;
    case 'choice':
      return <Status value={String(value)} register={register.name} field={name} quiet />;
    case 'choices':
      return (
        <span className={cell ? 'ell' : ''}>{(value as string[]).map((one) => choiceLabel(register.name, name, one)).join(', ')}</span>
      );
    case 'reference':
      return <ReferenceText field={field} value={value as ReferenceView} cell={cell} />;
    case 'references':
      return <References field={field} value={value as ReferenceView[]} cell={cell} />;
    case 'code':
      return <span className="chip">{String(value)}</span>;
    case 'codes':
      return <Codes value={value as string[]} cell={cell} />;
    case 'longText':
      return cell ? <span className="ell mut">{String(value)}</span> : <span className="pre">{String(value)}</span>;
    case 'result':
      return nothing;
    case 'text':
      return /^https?:\/\//.test(String(value)) ? (
        <a className="link" href={String(value)} rel="noreferrer noopener" target="_blank">
          {String(value)}
        </a>
      ) : (
        <span className={cell ? 'ell' : ''}>{String(value)}</span>
      );
  }
};

const ReferenceText = ({ field, value, cell }: { field: Extract<Field, { kind: 'reference' }>; value: ReferenceView; cell: boolean }) => {
  const here = useHere();
  if (field.to === 'people') return cell ? <Initials name={value.title} /> : <PersonName name={value.title} />;
  return (
    <Go to={here.to(field.to, value.id)} className={cell ? 'ell' : 'link'} title={`${value.identifier} ${value.title}`}>
      {value.title}
    </Go>
  );
};

const References = ({
  field,
  value,
  cell,
}: {
  field: Extract<Field, { kind: 'references' }>;
  value: readonly ReferenceView[];
  cell: boolean;
}) => {
  const here = useHere();
  const shown = cell ? value.slice(0, 2) : value;
  if (field.to === 'people')
    return (
      <span className="row" style={{ gap: 3 }}>
        {value
          .slice(0, cell ? 3 : 40)
          .map((one) => (cell ? <Initials key={one.id} name={one.title} /> : <PersonName key={one.id} name={one.title} />))}
        {cell && value.length > 3 ? <span className="xs dim">+{value.length - 3}</span> : null}
      </span>
    );
  return (
    <span className={cell ? 'row' : 'row wrap'} style={{ gap: 4 }}>
      {shown.map((one) => (
        <Go key={one.id} to={here.to(field.to, one.id)} className="chip" title={one.title}>
          {cell ? one.identifier : `${one.identifier} ${one.title}`}
        </Go>
      ))}
      {shown.length < value.length ? <span className="xs dim">+{value.length - shown.length}</span> : null}
    </span>
  );
};

const Codes = ({ value, cell }: { value: readonly string[]; cell: boolean }) => {
  const shown = cell ? value.slice(0, 2) : value;
  return (
    <span className={cell ? 'row' : 'row wrap'} style={{ gap: 4 }}>
      {shown.map((one) => (
        <span key={one} className="chip">
          {one}
        </span>
      ))}
      {shown.length < value.length ? <span className="xs dim">+{value.length - shown.length}</span> : null}
    </span>
  );
};
