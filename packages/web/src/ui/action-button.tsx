import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface Props extends Omit<ButtonProps, 'disabled'> {
  readonly onClick: () => void;
  readonly children: ReactNode;
  /** Why it cannot be pressed now; stands below it. Without it the button works. */
  readonly blocked?: string | undefined;
  readonly wide?: boolean;
}

/** A button that stays readable when it cannot be pressed and says why. */
export const ActionButton = ({ blocked, onClick, wide = false, children, ...rest }: Props) => {
  const id = useId();
  const off = blocked !== undefined;
  return (
    <span style={{ display: wide ? 'grid' : 'inline-grid', gap: 4 }}>
      <Button
        {...rest}
        fullWidth={wide}
        {...(off ? { 'aria-disabled': true, 'aria-describedby': id } : {})}
        onClick={off ? undefined : onClick}
      >
        {children}
      </Button>
      {off ? (
        <span id={id} className="xs dim">
          {blocked}
        </span>
      ) : null}
    </span>
  );
};
