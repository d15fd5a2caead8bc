import type { SoaView } from '@aimwell/contract/soa/endpoints';
import { soaEntries } from '@aimwell/contract/soa/soa';
import { createContext, useContext } from 'react';
import type { Here } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import type { EntryField } from './calls.ts';

/** What the reader may change of the version shown. */
export interface Editing {
  readonly editable: SoaView['editable'];
  readonly can: (field: EntryField) => boolean;
  /** Why a field cannot be changed here, as a sentence with the way out. */
  readonly whyNot: (field: EntryField) => string;
  readonly open: (control: string) => void;
}

const progress: readonly EntryField[] = ['status', 'owner', 'targetDate', 'statusNote'];

/** A draft takes everything from those who write; an approved version only how far a control is. */
export const editingOf = (here: Here, view: SoaView, open: (control: string) => void): Editing => {
  const writes = here.holds(soaEntries.permissions.change);
  const can = (field: EntryField) => writes && (view.editable === 'all' || (view.editable === 'status' && progress.includes(field)));
  return {
    editable: view.editable,
    can,
    open,
    whyNot: () =>
      t(
        here.asOf !== null
          ? 'soa.locked.past'
          : writes || view.version?.state === 'in_review'
            ? `soa.locked.${view.version?.state ?? 'superseded'}`
            : 'soa.locked.reader',
      ),
  };
};

const EditingContext = createContext<Editing>({ editable: 'nothing', can: () => false, whyNot: () => '', open: () => undefined });
export const EditingProvider = EditingContext.Provider;
export const useEditing = (): Editing => useContext(EditingContext);
