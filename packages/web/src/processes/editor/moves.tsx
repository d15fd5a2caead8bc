import { Button, Select } from '@mantine/core';
import { IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowUp } from '@tabler/icons-react';
import { t } from '../../ui/words.ts';
import { nameOf } from './kinds.ts';
import { type Drawn, kindOf } from './model.ts';
import type { SectionProps } from './use-drawing.ts';

const nextTypes = [
  ...'UserTask ManualTask ServiceTask BusinessRuleTask CallActivity SubProcess'.split(' '),
  ...'ExclusiveGateway ParallelGateway InclusiveGateway'.split(' '),
  ...['Timer', 'Message', 'Signal', 'Conditional'].map((event) => `IntermediateCatchEvent:${event}EventDefinition`),
  'EndEvent',
];
const typeWords = (type: string): string =>
  type
    .split(':')
    .map((part) => t(`drawing.kinds.${part}`))
    .join(': ');
const arrows = [
  { where: 'left', by: { x: -10, y: 0 }, Icon: IconArrowLeft },
  { where: 'right', by: { x: 10, y: 0 }, Icon: IconArrowRight },
  { where: 'up', by: { x: 0, y: -10 }, Icon: IconArrowUp },
  { where: 'down', by: { x: 0, y: 10 }, Icon: IconArrowDown },
] as const;

const mayGoOn = (element: Drawn): boolean =>
  /(?:Task|Gateway|Activity|SubProcess|Event)$/u.test(kindOf(element)) && kindOf(element) !== 'EndEvent';

/** What can be done with an element without a mouse: go on from it, connect it, move it, take it out. */
export const Moves = ({ board, element }: SectionProps) => {
  const { get } = board.drawing;
  const isFlow = element.source !== undefined;
  const append = (type: string | null) => {
    if (type === null) return;
    const [kind, event] = type.split(':');
    const shape = get('elementFactory').createShape({
      type: `bpmn:${kind}`,
      ...(event === undefined ? {} : { eventDefinitionType: `bpmn:${event}` }),
    });
    const added = get('autoPlace').append(element, shape);
    board.nameNew(added);
  };
  return (
    <fieldset className="pr-moves">
      <legend className="m sm">{t('drawing.deeds')}</legend>
      {mayGoOn(element) ? (
        <>
          <Select
            label={t('drawing.append')}
            placeholder={t('drawing.chooseKind')}
            data={nextTypes.map((type) => ({ value: type, label: typeWords(type) }))}
            value={null}
            onChange={append}
          />
          <Connect board={board} element={element} />
        </>
      ) : null}
      <div className="row wrap">
        {isFlow
          ? null
          : arrows.map(({ where, by, Icon }) => (
              <Button
                key={where}
                size="xs"
                aria-label={t(`drawing.move.${where}`)}
                title={t(`drawing.move.${where}`)}
                onClick={() => get('modeling').moveElements([element], by)}
              >
                <Icon size={15} stroke={1.75} />
              </Button>
            ))}
        <span className="grow" />
        <Button size="xs" variant="subtle" onClick={() => remove(board, element)}>
          {t('drawing.removeElement')}
        </Button>
      </div>
    </fieldset>
  );
};

/** Takes an element out of the map; what led to it and on from it goes too. */
export const remove = ({ drawing }: SectionProps['board'], element: Drawn): void => {
  drawing.get('modeling').removeElements([element]);
};

const Connect = ({ board: { drawing }, element }: SectionProps) => {
  const targets = drawing
    .get('elementRegistry')
    .filter(
      (one) =>
        one !== element &&
        one.labelTarget === undefined &&
        one.source === undefined &&
        one.parent !== undefined &&
        drawing.get('rules').allowed('connection.create', { source: element, target: one }) !== false,
    );
  return (
    <Select
      label={t('drawing.connect')}
      placeholder={t('drawing.chooseElement')}
      searchable
      data={targets.map((one) => ({ value: one.id, label: nameOf(one) }))}
      value={null}
      onChange={(id) => {
        const target = targets.find((one) => one.id === id);
        if (target !== undefined) drawing.get('modeling').connect(element, target);
      }}
    />
  );
};
