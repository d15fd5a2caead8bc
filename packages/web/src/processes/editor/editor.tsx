import { Button, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { hasCode } from '../../ui/api.ts';
import { useLeaveWarning } from '../../ui/form/draft.ts';
import { Go } from '../../ui/link.tsx';
import { Card, PageHead, Say } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { saveText } from '../../ui/save.ts';
import { useHere } from '../../ui/session.tsx';
import { t } from '../../ui/words.ts';
import { type MapInFull, useDeed, type Version } from '../calls.ts';
import { Tools, useUndoKeys } from './board.tsx';
import { keep, type Onto, readKept } from './kept.ts';
import { nameOf } from './kinds.ts';
import { Outline } from './outline.tsx';
import { Panel } from './panel.tsx';
import { Problems } from './problems.tsx';
import { useCheck } from './use-check.ts';
import { useDrawing } from './use-drawing.ts';
import 'bpmn-js/dist/assets/diagram-js.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import '../processes.css';
import './editor.css';

interface Props {
  readonly map: MapInFull;
  readonly start: Version;
}

/** The drawing board with the properties of what is chosen, the list of elements, and what the server says against the map. */
export const Editor = ({ map, start }: Props) => {
  const here = useHere();
  const work = useWork(map, start);
  const { place, board, failed } = useDrawing(work.opened, work.changed);
  const check = useCheck(work.xml);
  const pass = useLeaveWarning(work.unsaved);
  useUndoKeys(board);
  useEffect(() => work.take(board?.drawing.text), [board?.drawing]);
  const discard = () => {
    pass();
    work.discard();
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
        <TextInput
          aria-label={t('drawing.note')}
          placeholder={t('drawing.note')}
          value={work.note}
          onChange={(event) => work.setNote(event.currentTarget.value)}
        />
        <Button variant="filled" loading={work.saving} disabled={board === null || !work.unsaved} onClick={() => void work.save()}>
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
          {board === null ? null : <Tools board={board} />}
          <div ref={place} className="pr-drawing" />
        </section>
        <section className="card pr-side" aria-label={t('drawing.properties')}>
          {board === null ? null : <Panel board={board} />}
        </section>
        <Card title={t('drawing.elements')} flush>
          {board === null ? null : <Outline board={board} problems={check.data?.problems ?? []} />}
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

type Read = () => Promise<string>;

/** What was drawn and not saved yet: kept in this tab, judged a moment after each change, saved as the draft of the next version. */
const useWork = (map: MapInFull, start: Version) => {
  const here = useHere();
  const [kept] = useState(() => readKept(here.slug, map.id));
  const [opened] = useState(kept?.xml ?? start.xml);
  const [xml, setXml] = useState(opened);
  const [savedXml, setSavedXml] = useState(kept === null ? opened : '');
  const [onto, setOnto] = useState<Onto>(
    () =>
      kept?.onto ?? {
        id: map.newest?.id ?? start.id,
        version: map.versions.find(({ id }) => id === map.newest?.id)?.version ?? start.version,
      },
  );
  const [note, setNote] = useState('');
  const [touched, setTouched] = useState(kept !== null);
  const [everSaved, setEverSaved] = useState(false);
  const [reader] = useState<{ read: Read | undefined }>({ read: undefined });
  const upload = useDeed<Version>('processes', map.id, 'versions');
  const settle = useDebouncedCallback(async () => {
    const text = await reader.read?.();
    if (text === undefined) return;
    setXml(text);
    const same = text === savedXml;
    setTouched(!same);
    keep(here.slug, map.id, same ? null : { xml: text, onto });
  }, 400);
  const save = async () => {
    const text = await reader.read?.();
    if (text === undefined) return;
    upload.mutate(
      { body: { xml: text, fileName: start.fileName, note, onto } },
      {
        onSuccess: (draft) => {
          setSavedXml(text);
          setXml(text);
          setOnto({ id: draft.id, version: draft.version });
          setTouched(false);
          setEverSaved(true);
          keep(here.slug, map.id, null);
        },
      },
    );
  };
  return {
    opened,
    xml,
    note,
    setNote,
    everSaved,
    unsaved: touched,
    restored: kept !== null && !everSaved && touched,
    saving: upload.isPending,
    error: upload.error,
    /** Gets the board's text once it is open. The same map is written in another way there than on the server. */
    take: (read: Read | undefined) => {
      reader.read = read;
      if (read !== undefined && kept === null) void read().then(setSavedXml);
    },
    changed: () => {
      setTouched(true);
      settle();
    },
    save,
    discard: () => {
      keep(here.slug, map.id, null);
      window.location.reload();
    },
  };
};
