import { soaEntries } from '@aimwell/contract/soa/soa';
import { Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { StatusShape } from '../ui/status.tsx';
import { choiceLabel, t } from '../ui/words.ts';
import { useEditing } from './editing.tsx';

type Name = 'decision' | 'status';
interface Props {
  readonly control: string;
  readonly name: Name;
  readonly value: string;
  /** Choices that make no sense here are not offered. */
  readonly without?: readonly string[];
  readonly onChange: (value: string) => void;
  /** The word alone, for what needs no attention. */
  readonly quiet?: boolean;
}

/** Decision or status of a row: shape and word, and the other choices behind it. */
export const ChoiceCell = ({ control, name, value, without = [], onChange, quiet = false }: Props) => {
  const { can, whyNot } = useEditing();
  const shown = (
    <span className={quiet ? 'st quiet' : 'st'}>
      {quiet ? null : <StatusShape value={value} />}
      {choiceLabel('soa-entries', name, value)}
    </span>
  );
  if (!can(name)) return <span title={whyNot(name)}>{shown}</span>;
  return (
    <Menu position="bottom-start" width={180}>
      <Menu.Target>
        <button
          type="button"
          className="soa-cell"
          data-cell={name}
          aria-label={t(`soa.change.${name}`, { control, value: choiceLabel('soa-entries', name, value) })}
        >
          {shown}
          <IconChevronDown size={13} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {soaEntries.fields[name].choices
          .filter((one) => !without.includes(one))
          .map((one) => (
            <Menu.Item
              key={one}
              leftSection={<StatusShape value={one} />}
              {...(one === value ? { 'aria-current': true } : {})}
              onClick={() => {
                if (one !== value) onChange(one);
              }}
            >
              {choiceLabel('soa-entries', name, one)}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
};
