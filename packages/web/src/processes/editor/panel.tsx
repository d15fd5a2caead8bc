import { memo } from 'react';
import { t } from '../../ui/words.ts';
import { EventSection } from './event-section.tsx';
import { TextField } from './fields.tsx';
import { FlowSection } from './flow-section.tsx';
import { kindWords } from './kinds.ts';
import { LoopSection } from './loop-section.tsx';
import { isPlace, kindOf, many, one, textIn } from './model.ts';
import { Moves } from './moves.tsx';
import { PlaceSection } from './place-section.tsx';
import { TaskSection } from './task-section.tsx';
import type { Board, SectionProps } from './use-drawing.ts';

/** What the map says of the element chosen, and what can be done with it. Without one, what it says of itself. */
export const Panel = memo(function Panel({ board }: { board: Board }) {
  const element = board.chosen ?? board.drawing.get('canvas').getRootElement();
  const kind = kindOf(element);
  return (
    // Each element has fields of its own, so that nothing typed for one lands in another.
    <div className="pr-panel form" key={element.id}>
      <header>
        <h2 className="m">{kindWords(element)}</h2>
        {isPlace(element) && kind !== 'Lane' && board.chosen === null ? <p className="sm mut">{t('drawing.chooseOne')}</p> : null}
      </header>
      <About board={board} element={element} />
      {isPlace(element) ? <PlaceSection board={board} element={element} /> : null}
      {kind === 'SequenceFlow' ? <FlowSection board={board} element={element} /> : null}
      {kind.endsWith('Event') ? <EventSection board={board} element={element} /> : null}
      {kind.endsWith('Task') || kind === 'CallActivity' ? <TaskSection board={board} element={element} /> : null}
      <LoopSection board={board} element={element} />
      {board.chosen === null ? null : <Moves board={board} element={element} />}
    </div>
  );
});

const nameless = ['DataObjectReference', 'DataInputAssociation', 'DataOutputAssociation', 'Association', 'Collaboration'];

const About = ({ board: { changes, added }, element }: SectionProps) => {
  const of = element.businessObject;
  const kind = kindOf(element);
  if (kind === 'TextAnnotation' || nameless.includes(kind)) return null;
  // What a pool says of itself, its process says.
  const process = kind === 'Participant' ? one(of, 'processRef') : null;
  const documented = process ?? of;
  return (
    <>
      <TextField
        id="pr-name"
        autoFocus={element.id === added}
        lines={1}
        label={t(kind.endsWith('Gateway') ? 'drawing.question' : kind === 'SequenceFlow' ? 'drawing.answer' : 'drawing.name')}
        value={textIn(of, 'name')}
        onCommit={(text) => changes.name(element, text)}
      />
      <TextField
        label={t('drawing.documentation')}
        lines={2}
        value={textIn(many(documented, 'documentation')[0] ?? null, 'text')}
        onCommit={(text) => changes.documentation(element, documented, text)}
      />
    </>
  );
};
