import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { t } from '../../ui/words.ts';

/** Something to copy now: it is not shown again. */
export const Secret = ({ label, value }: { label: string; value: string }) => {
  const clipboard = useClipboard();
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <TextInput className="grow" label={label} readOnly value={value} onFocus={(event) => event.currentTarget.select()} />
      <Button style={{ height: 36 }} onClick={() => clipboard.copy(value)}>
        {t(clipboard.copied ? 'ui.copied' : 'ui.copy')}
      </Button>
    </div>
  );
};
