import { Checkbox } from '@mantine/core';
import { t } from '../../ui/words.ts';
import { TextField } from './fields.tsx';
import { bodyIn, kindOf } from './model.ts';
import type { SectionProps } from './use-drawing.ts';

/** When a way is taken: by its condition, or when no other is. */
export const FlowSection = ({ board: { changes }, element }: SectionProps) => {
  const { source } = element;
  const flow = element.businessObject;
  if (source === undefined || !/^(?:Exclusive|Inclusive)Gateway$|Task$|Activity$|^SubProcess$/u.test(kindOf(source))) return null;
  const isDefault = source.businessObject.get('default') === flow;
  return (
    <>
      <Checkbox
        label={t('drawing.default')}
        description={t('drawing.defaultHelp')}
        checked={isDefault}
        onChange={(event) => changes.properties(source, source.businessObject, { default: event.currentTarget.checked ? flow : undefined })}
      />
      {isDefault ? null : (
        <TextField
          label={t('drawing.condition')}
          description={t('drawing.feelHelp')}
          lines={2}
          code
          value={bodyIn(flow, 'conditionExpression')}
          onCommit={(body) => changes.expression(element, flow, 'conditionExpression', body)}
        />
      )}
    </>
  );
};
