import { t } from '../../ui/words.ts';
import { ChoicesField, roleChoices } from './fields.tsx';
import { many, ownIn, textIn } from './model.ts';
import type { SectionProps } from './use-drawing.ts';

const parts = ['responsible', 'accountable', 'consulted', 'informed'] as const;

/** Which roles have which part in a step. A role has one part: chosen for another, it leaves the first. */
export const RaciFields = ({ board, element }: SectionProps) => {
  const step = ownIn(element.businessObject, 'aims:Step');
  const lines = step === null ? [] : many(step, 'raci').map((line) => ({ role: textIn(line, 'role'), part: textIn(line, 'part') }));
  const set = (part: string, roles: readonly string[]) =>
    board.changes.raci(element, [
      ...lines.filter((line) => line.part !== part && !roles.includes(line.role)),
      ...roles.map((role) => ({ role, part })),
    ]);
  return (
    <fieldset className="pr-raci">
      <legend>{t('drawing.raci')}</legend>
      {parts.map((part) => (
        <ChoicesField
          key={part}
          label={t(`drawing.parts.${part}`)}
          choices={roleChoices()}
          value={lines.filter((line) => line.part === part).map(({ role }) => role)}
          onChange={(roles) => set(part, roles)}
        />
      ))}
    </fieldset>
  );
};
