import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useEffectEvent, useState } from 'react';
import { useHere } from '../../ui/session.tsx';
import { type MapInFull, useDeed, type Version } from '../calls.ts';
import { keep, type Kept, type Onto } from './kept.ts';
import type { Board } from './use-drawing.ts';

interface Given {
  readonly map: MapInFull;
  /** The version that the drawing began with. */
  readonly start: Version;
  /** What was drawn before a reload and is drawn on now. */
  readonly kept: Kept | null;
  readonly board: Board | null;
}

/** The newest version of a map as it is known when a drawing begins. */
const newestOf = (map: MapInFull, start: Version): Onto => {
  const newest = map.versions.find(({ id }) => id === map.newest?.id) ?? start;
  return { id: newest.id, version: newest.version };
};

/** What was drawn and not saved yet: kept in this tab, its text there to be judged a moment after each change, saved as a draft. */
export const useWork = ({ map, start, kept, board }: Given) => {
  const here = useHere();
  const [xml, setXml] = useState(kept?.xml ?? start.xml);
  const [savedXml, setSavedXml] = useState('');
  // What was kept before a reload was never saved.
  const [savedAt, setSavedAt] = useState(kept === null ? 0 : -1);
  const [onto, setOnto] = useState<Onto>(() => kept?.onto ?? newestOf(map, start));
  const [note, setNote] = useState('');
  const [everSaved, setEverSaved] = useState(false);
  const upload = useDeed<Version>('processes', map.id, 'versions');
  const read = board?.drawing.text;
  const revision = board?.revision ?? 0;

  // The same map is written in another way on the board than on the server: what comes is compared with what it wrote first.
  useEffect(() => {
    if (read !== undefined && kept === null) void read().then(setSavedXml);
  }, [read, kept]);

  const settle = useDebouncedCallback(async () => {
    const text = await read?.();
    if (text === undefined) return;
    setXml(text);
    if (text === savedXml) setSavedAt(revision);
    keep(here, map.id, text === savedXml ? null : { xml: text, onto });
  }, 400);
  const changed = useEffectEvent(() => settle());
  useEffect(() => {
    if (revision > 0) changed();
  }, [revision]);

  const save = async () => {
    const text = await read?.();
    if (text === undefined) return;
    upload.mutate(
      { body: { xml: text, fileName: start.fileName, note, onto } },
      {
        onSuccess: (draft) => {
          setXml(text);
          setSavedXml(text);
          setSavedAt(revision);
          setOnto({ id: draft.id, version: draft.version });
          setEverSaved(true);
          keep(here, map.id, null);
          // What was drawn while it travelled is kept again.
          settle();
        },
      },
    );
  };
  const unsaved = revision !== savedAt;
  return {
    xml,
    note,
    setNote,
    everSaved,
    unsaved,
    restored: kept !== null && !everSaved && unsaved,
    save,
    saving: upload.isPending,
    error: upload.error,
  };
};
