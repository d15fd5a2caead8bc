import type { Register } from '@aimwell/contract/platform/register';
import type { ImportFile, ImportFixes, ImportMapping, ImportResult } from '@aimwell/contract/platform/transfer';
import { useCallback, useState } from 'react';
import { useHere } from '../session.tsx';

export type ImportStep = 'file' | 'columns' | 'rows' | 'work' | 'done';

/** Where an import stands. It is kept in the tab, so that a reload goes on where it was. */
export interface ImportState {
  readonly step: ImportStep;
  readonly file?: ImportFile;
  readonly mapping?: ImportMapping;
  readonly fixes: ImportFixes;
  /** The long work that writes, once it was started. */
  readonly work?: string;
  readonly result?: ImportResult;
}
const begin: ImportState = { step: 'file', fixes: {} };

const read = (key: string): ImportState => {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? begin : (JSON.parse(kept) as ImportState);
  } catch {
    return begin;
  }
};
const keep = (key: string, state: ImportState): void => {
  // A table with very many values does not fit the tab's store: then a reload begins with the file again.
  try {
    sessionStorage.setItem(key, JSON.stringify(state));
  } catch {
    sessionStorage.removeItem(key);
  }
};

export const useImportState = (register: Register) => {
  const here = useHere();
  const key = `import:${here.slug}:${register.name}`;
  const [state, setState] = useState(() => read(key));
  const change = useCallback(
    (changes: Partial<ImportState>) =>
      setState((before) => {
        const next = { ...before, ...changes };
        keep(key, next);
        return next;
      }),
    [key],
  );
  const restart = useCallback(() => {
    sessionStorage.removeItem(key);
    setState(begin);
  }, [key]);
  return { state, change, restart };
};

/** What the dry run and the import are asked with. */
export const bodyOf = ({ file, mapping, fixes }: ImportState) => ({
  file: file?.file ?? '',
  name: file?.name ?? 'table',
  mapping: mapping ?? { columns: [] },
  fixes,
  ...(file?.sheet === undefined ? {} : { sheet: file.sheet }),
});
