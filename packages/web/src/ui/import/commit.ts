import type { Register } from '@aimwell/contract/platform/register';
import type { ImportFixes, ImportPreview } from '@aimwell/contract/platform/transfer';
import { useMutation } from '@tanstack/react-query';
import { request } from '../api.ts';
import { type Here, useHere } from '../session.tsx';
import { bodyOf, type ImportState } from './state.ts';

/** Every row that still waits for an answer, answered by its suggestion; walks all pages of the dry run. */
const suggested = async (here: Here, register: Register, state: ImportState): Promise<ImportFixes> => {
  const fixes: Record<string, Record<string, string | string[]>> = Object.fromEntries(
    Object.entries(state.fixes).map(([row, fix]) => [row, { ...fix }]),
  );
  for (let cursor: string | undefined, more = true; more;) {
    const page: ImportPreview = await request('POST', here.api('import', register.name, 'preview'), {
      body: { ...bodyOf(state), only: 'problems', limit: 500, ...(cursor === undefined ? {} : { cursor }) },
    });
    for (const { row, problems } of page.rows)
      for (const { severity, field, suggestion } of problems)
        if (severity === 'needs' && suggestion !== undefined) fixes[String(row)] = { ...fixes[String(row)], [field]: suggestion };
    more = page.next !== null;
    cursor = page.next ?? undefined;
  }
  return fixes;
};

/** Starts the import as long work; `onStarted` gets its id. `confirm` takes the suggestions for whatever is still open. */
export const useCommit = (register: Register, state: ImportState, onStarted: (work: string) => void) => {
  const here = useHere();
  return useMutation({
    mutationFn: async ({ drafts, confirm }: { drafts: boolean; confirm: boolean }) => {
      const fixes = confirm ? await suggested(here, register, state) : state.fixes;
      return request<{ work: string }>('POST', here.api('import', register.name, 'commit'), {
        body: { ...bodyOf({ ...state, fixes }), keepProblemsAsDrafts: drafts },
      });
    },
    onSuccess: ({ work }) => onStarted(work),
  });
};
