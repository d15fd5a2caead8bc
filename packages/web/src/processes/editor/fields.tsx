import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { workers } from '@aimwell/core/processes/tasks';
import { useEffect, useEffectEvent, useState } from 'react';
import { choiceLabel } from '../../ui/words.ts';

// Asked when it is shown: words come after this file.
export const roleChoices = () => workers.map((role) => ({ value: role, label: choiceLabel('members', 'role', role) }));
/** A value that the lists do not know (of another tool, of a later version) stays a choice, so that opening a field never loses it. */
const withOwn = <Choice extends { readonly value: string }>(choices: readonly Choice[], own: readonly string[]) => [
  ...own.filter((value) => value !== '' && !choices.some((choice) => choice.value === value)).map((value) => ({ value, label: value })),
  ...choices,
];

interface TextProps {
  readonly label: string;
  readonly value: string;
  /** Gets the text when the field is left, once for all that was typed: one step to undo. */
  readonly onCommit: (text: string) => void;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  /** Several lines, from so many on; without it, a single one. */
  readonly lines?: number;
  /** FEEL and the like, in letters of equal width. */
  readonly code?: boolean;
  readonly id?: string;
  readonly autoFocus?: boolean;
}

/** A text of the map. What was typed counts when the field is left, in whatever way. */
export const TextField = ({ value, onCommit, lines, code = false, ...rest }: TextProps) => {
  const [text, setText] = useState(value);
  const [from, setFrom] = useState(value);
  if (from !== value) {
    setFrom(value);
    setText(value);
  }
  const typing = text.trim() !== value.trim();
  const commit = () => {
    if (typing) onCommit(text.trim());
  };
  const commitLast = useEffectEvent(commit);
  // Choosing another element takes the field away before it is left.
  useEffect(() => () => commitLast(), []);
  useEffect(() => {
    if (!typing) return;
    // A reload does not leave the field: what stands in it would be gone.
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [typing]);
  const props = {
    ...rest,
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    onBlur: commit,
    ...(code ? { classNames: { input: 'pr-code' } } : {}),
  };
  return lines === undefined ? (
    <TextInput
      {...props}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  ) : (
    <Textarea {...props} autosize minRows={lines} maxRows={10} />
  );
};

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly description?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly clearable?: boolean;
}
export const ChoiceField = ({ value, choices, onChange, clearable = true, ...rest }: ChoiceProps) => (
  <Select
    {...rest}
    searchable={choices.length > 8}
    clearable={clearable}
    data={withOwn(choices, [value])}
    value={value === '' ? null : value}
    onChange={(next) => onChange(next ?? '')}
  />
);

interface ChoicesProps extends Omit<ChoiceProps, 'value' | 'onChange' | 'clearable'> {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}
export const ChoicesField = ({ value, choices, onChange, placeholder, ...rest }: ChoicesProps) => (
  <MultiSelect
    {...rest}
    searchable
    limit={80}
    data={withOwn(choices, value)}
    value={[...value]}
    onChange={onChange}
    {...(value.length === 0 && placeholder !== undefined ? { placeholder } : {})}
  />
);
