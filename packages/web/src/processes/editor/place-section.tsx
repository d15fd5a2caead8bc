import { Checkbox } from '@mantine/core';
import { t } from '../../ui/words.ts';
import { ChoiceField, roleChoices } from './fields.tsx';
import { kindOf, one, ownIn, textIn } from './model.ts';
import type { SectionProps } from './use-drawing.ts';

/** Of a lane: the role of everybody in it. Of a process: whether it is meant to run. */
export const PlaceSection = ({ board: { changes }, element }: SectionProps) => {
  const kind = kindOf(element);
  const of = element.businessObject;
  if (kind === 'Lane')
    return (
      <ChoiceField
        label={t('processes.role')}
        description={t('drawing.laneHelp')}
        choices={roleChoices()}
        value={textIn(ownIn(of, 'aims:Lane'), 'role')}
        onChange={(role) => changes.own(element, 'aims:Lane', { role })}
      />
    );
  const process = kind === 'Participant' ? one(of, 'processRef') : kind === 'Process' ? of : null;
  if (process === null) return null;
  return (
    <Checkbox
      label={t('drawing.executable')}
      description={t('drawing.executableHelp')}
      checked={process.get('isExecutable') === true}
      onChange={(event) => changes.properties(element, process, { isExecutable: event.currentTarget.checked })}
    />
  );
};
