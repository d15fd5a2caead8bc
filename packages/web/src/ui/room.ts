import type { Icon } from '@tabler/icons-react';
import type { OrganisationAction } from '@aimwell/core/roles/permissions';
import type { ComponentType, ReactNode } from 'react';
import type { Sending } from './form/sending.ts';
import type { RecordView } from './record.ts';
import type { Command, Register } from '@aimwell/contract/platform/register';

export type PlaceGroup = 'top' | 'plan' | 'do' | 'check' | 'act' | 'end' | 'settings';

/** One line of the rail. */
export interface Place {
  readonly group: PlaceGroup;
  /** Order inside the group; the rooms of the first way through use 10, 20, 30… */
  readonly order: number;
  /** Key of its words, e.g. `ui.places.risks`. */
  readonly label: string;
  /** Path below the organisation without a slash in front: `risks`. */
  readonly to: string;
  readonly icon: Icon;
  /** Other paths that belong to this place, so that it stays marked there. */
  readonly also?: readonly string[];
  /** The register whose count stands at the right. */
  readonly count?: string;
  readonly may?: OrganisationAction;
}

/** A page below `/o/:org/`. Static paths win over the generic register pages, so a room can replace any of them. */
export interface PageRoute {
  /** TanStack form, without a slash in front: `risks/matrix`, `systems/$id`. */
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  /** It cannot show the past and says so there: it is for doing, or tells of the installation. */
  readonly onlyToday?: boolean;
}

export interface RecordPanelProps {
  readonly register: Register;
  readonly record: RecordView;
}
/** What a room adds to the generic record page of one of its registers. */
export interface RecordPanel {
  /** `*`: every register; the panel itself decides whether it has something to say. */
  readonly register: string;
  /** `main` stands before the fields, `side` beside them, `after` below them. */
  readonly where: 'main' | 'side' | 'after';
  readonly load: () => Promise<{ readonly default: ComponentType<RecordPanelProps> }>;
}

export interface CommandPanelProps extends RecordPanelProps {
  readonly onClose: () => void;
  readonly onDone: (record: RecordView) => void;
}
/** A room's own dialog for a command, in place of the one made from the declaration. */
export interface CommandPanel {
  readonly register: string;
  readonly command: string;
  readonly load: () => Promise<{ readonly default: ComponentType<CommandPanelProps> }>;
}

export interface CommandFormProps {
  readonly record: RecordView;
  readonly sending: Sending;
  /** What else is said, before the buttons. */
  readonly children?: ReactNode;
}
/** A room's own form of a command, without a dialog around it: a task of a process shows it where completing it is this command. */
export interface CommandFormPart {
  readonly register: string;
  readonly command: string;
  readonly load: () => Promise<{ readonly default: ComponentType<CommandFormProps> }>;
}

export interface RefusalHelpProps extends RecordPanelProps {
  readonly command: Command;
  /** What was written into the dialog before it was refused. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Closes the dialog: the command was carried out another way, or the person goes on elsewhere. */
  readonly onClose: () => void;
}
/** What a room knows of a refusal: the way on, below its words. */
export interface RefusalHelp {
  readonly code: string;
  readonly load: () => Promise<{ readonly default: ComponentType<RefusalHelpProps> }>;
}

/**
 * What a room brings to the web. Each room has `src/<room>/room.ts` with `export const room: Room`; the app finds it there.
 * Keep this file light: everything heavy is behind `load`.
 */
export interface Room {
  readonly name: string;
  readonly places?: readonly Place[];
  readonly pages?: readonly PageRoute[];
  readonly panels?: readonly RecordPanel[];
  readonly commands?: readonly CommandPanel[];
  readonly forms?: readonly CommandFormPart[];
  readonly helps?: readonly RefusalHelp[];
  /** Files of words (catalog/words/en/<name>.json) its pages need. */
  readonly words?: readonly string[];
}
