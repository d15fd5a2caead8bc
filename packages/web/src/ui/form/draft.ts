import { useCallback, useEffect, useRef, useState } from 'react';
import { useBlocker } from '@tanstack/react-router';
import { t } from '../words.ts';

export type DraftValues = Readonly<Record<string, unknown>>;

/** What somebody has typed and not yet sent, kept in this tab until it is saved or thrown away. */
export const useDraft = (key: string, initial: DraftValues) => {
  const store = `draft:${key}`;
  const [values, setValues] = useState<DraftValues>(() => ({ ...initial, ...readDraft(store) }));
  const [restored, setRestored] = useState(() => Object.keys(readDraft(store)).length > 0);
  const [touched, setTouched] = useState(restored);
  const set = useCallback(
    (name: string, value: unknown) => {
      setTouched(true);
      setValues((before) => {
        const next = { ...before, [name]: value };
        writeDraft(store, next);
        return next;
      });
    },
    [store],
  );
  const clear = useCallback(
    (next?: DraftValues) => {
      sessionStorage.removeItem(store);
      setTouched(false);
      setRestored(false);
      if (next !== undefined) setValues(next);
    },
    [store],
  );
  return { values, set, clear, touched, restored };
};

const readDraft = (store: string): DraftValues => {
  try {
    return JSON.parse(sessionStorage.getItem(store) ?? '{}') as DraftValues;
  } catch {
    return {};
  }
};
const writeDraft = (store: string, values: DraftValues): void => {
  try {
    sessionStorage.setItem(store, JSON.stringify(values));
  } catch {
    /* storage is full: the form itself still holds everything */
  }
};

/** Warns before a page with unsaved work is left. The function it returns lets one navigation pass, for after saving. */
export const useLeaveWarning = (unsaved: boolean): (() => void) => {
  const pass = useRef(false);
  useEffect(() => {
    if (!unsaved) pass.current = false;
  }, [unsaved]);
  useBlocker({
    shouldBlockFn: () => {
      if (!unsaved || pass.current) return false;
      // eslint-disable-next-line no-alert -- the browser's own question holds the navigation until it is answered
      return !window.confirm(t('ui.leaveWarning'));
    },
    enableBeforeUnload: () => unsaved && !pass.current,
  });
  return useCallback(() => {
    pass.current = true;
  }, []);
};
