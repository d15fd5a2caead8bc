import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { hasCode } from '../../ui/api.ts';
import { useLeaveWarning } from '../../ui/form/draft.ts';
import { Go } from '../../ui/link.tsx';
import { Card, PageHead, Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { saveText } from '../../ui/save.ts';
import { useHere } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';
import type { MapInFull, Version } from '../calls.ts';
import { Tools, useUndoKeys } from './board.tsx';
import { keep, readKept } from './kept.ts';
import { nameOf } from './kinds.ts';
import { Outline } from './outline.tsx';
import { Panel } from './panel.tsx';
import { ProblemCount, Problems } from './problems.tsx';
import { type MapProblem, useCheck } from './use-check.ts';
import { useDrawing } from './use-drawing.ts';
import { useWork } from './use-work.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '../processes.css';
import './editor.css';

interface Props {
  readonly map: MapInFull;
  readonly start: Version;
}

const none: readonly MapProblem[] = [];

/** The drawing board with the properties of what is chosen, the list of elements, and what the server says against the map. */
export const Editor = ({ map, start }: Props) => {
  const here = useHere();
  const [kept] = useState(() => readKept(here, map.id));
  const { place, board, failed } = useDrawing(kept?.xml ?? start.xml);
  const work = useWork({ map, start, kept, board });
  const check = useCheck(work.xml, map.register);
  const pass = useLeaveWarning(work.unsaved);
  useUndoKeys(board);
  const discard = () => {
    pass();
    keep(here, map.id, null);
    window.location.reload();
  };
  const errors = check.data?.problems.length;
  return (
    <>
      <PageHead
        title={t('drawing.title', { name: map.name })}
        above={
          <Go className="link sm" to={here.to('processes', map.id)}>
            {map.name}
          </Go>
        }
      >
        <span className="sm mut" role="status">
          {t(work.saving ? 'drawing.saving' : work.unsaved ? 'drawing.unsaved' : work.everSaved ? 'drawing.saved' : 'drawing.unchanged')}
        </span>
        {work.everSaved && !work.unsaved ? (
          <Go className="link sm" to={here.to('processes', map.id)}>
            {t('drawing.toProcess')}
          </Go>
        ) : null}
        <TextInput
          aria-label={t('drawing.note')}
          placeholder={t('drawing.note')}
          value={work.note}
          onChange={(event) => work.setNote(event.currentTarget.value)}
        />
        <Button
          variant="filled"
          loading={work.saving}
          aria-disabled={board === null || !work.unsaved}
          onClick={() => void (work.unsaved && work.save())}
        >
          {t('processes.saveDraft')}
        </Button>
      </PageHead>
      {work.restored ? (
        <Say tone="note">
          <p>{t('drawing.restored')}</p>
          <Button size="xs" onClick={discard}>
            {t('drawing.discard')}
          </Button>
        </Say>
      ) : null}
      <ProblemView
        error={work.error}
        label={(field) => {
          const element = board?.drawing.get('elementRegistry').get(field);
          return element === undefined ? field : nameOf(element);
        }}
      />
      {hasCode(work.error, 'VERSION_CONFLICT') ? <Conflict map={map} xml={work.xml} onDiscard={discard} /> : null}
      {failed ? <Say tone="warn">{t('drawing.notOpened')}</Say> : null}
      <div className="pr-editor" hidden={failed}>
        <section className="card pr-board" aria-label={t('drawing.board')}>
          <h2 className="sr">{t('drawing.board')}</h2>
          {board === null ? null : (
            <Tools board={board}>
              <ProblemCount problems={check.data?.problems} />
            </Tools>
          )}
          <div ref={place} className="pr-drawing" />
        </section>
        <section className="card pr-side" aria-label={t('drawing.properties')}>
          {board === null ? null : <Panel board={board} />}
        </section>
        <Card title={t('drawing.elements')} flush>
          {board === null ? null : <Outline board={board} problems={check.data?.problems ?? none} />}
        </Card>
        <Card title={t('drawing.problems')} {...(errors === undefined ? {} : { count: errors })} flush>
          <Problems check={check} onChoose={(id) => board?.choose(id)} />
        </Card>
      </div>
    </>
  );
};

const Conflict = ({ map, xml, onDiscard }: { map: MapInFull; xml: string; onDiscard: () => void }) => (
  <Say tone="warn">
    <p>{t('drawing.conflict')}</p>
    <div className="row wrap">
      <Button size="xs" onClick={() => saveText(xml, `${map.key}.bpmn`, 'application/xml')}>
        {t('drawing.saveFile')}
      </Button>
      <Button size="xs" variant="subtle" onClick={onDiscard}>
        {t('drawing.loadTheirs')}
      </Button>
    </div>
  </Say>
);
