import { type ComponentType, createContext, lazy, Suspense, useContext, useMemo } from 'react';
import { problemsOf } from './api.ts';
import { Waiting } from './page.tsx';
import type { CommandFormProps, CommandPanelProps, RecordPanel, RecordPanelProps, RefusalHelpProps, Room } from './room.ts';

const RoomsContext = createContext<readonly Room[]>([]);
export const RoomsProvider = RoomsContext.Provider;
const useRooms = (): readonly Room[] => useContext(RoomsContext);

const held = new Map<unknown, ComponentType<never>>();
/** One lazy component per loader: a new one on each render would lose its state. */
const lazily = <P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): ComponentType<P> => {
  const known = held.get(load) as ComponentType<P> | undefined;
  if (known !== undefined) return known;
  const made = lazy(load) as unknown as ComponentType<P>;
  held.set(load, made as unknown as ComponentType<never>);
  return made;
};

/** The panels that rooms add to a record page, at one place of it. */
export const RoomPanels = ({ where, ...props }: RecordPanelProps & { where: RecordPanel['where'] }) => {
  const rooms = useRooms();
  const panels = useMemo(
    () =>
      rooms.flatMap((room) =>
        (room.panels ?? []).filter((panel) => [props.register.name, '*'].includes(panel.register) && panel.where === where),
      ),
    [rooms, props.register.name, where],
  );
  return (
    <>
      {panels.map((panel, index) => {
        const Panel = lazily(panel.load);
        return (
          <Suspense
            key={index}
            fallback={
              <div className="card">
                <Waiting lines={3} />
              </div>
            }
          >
            <Panel {...props} />
          </Suspense>
        );
      })}
    </>
  );
};

/** A room's own dialog for a command, if it has one. */
export const useCommandPanel = (register: string, command: string | undefined): ComponentType<CommandPanelProps> | undefined => {
  const rooms = useRooms();
  const found = rooms.flatMap((room) => room.commands ?? []).find((one) => one.register === register && one.command === command);
  return found === undefined ? undefined : lazily(found.load);
};

/** A room's own form for a command, if it has one. */
export const useCommandForm = (register: string, command: string | undefined): ComponentType<CommandFormProps> | undefined => {
  const found = useRooms()
    .flatMap((room) => room.forms ?? [])
    .find((one) => one.register === register && one.command === command);
  return found === undefined ? undefined : lazily(found.load);
};

/** The way on that a room knows where a command was refused, if one does. */
export const RefusalHelp = ({ error, ...props }: RefusalHelpProps & { error: unknown }) => {
  const codes = problemsOf(error).map(({ code }) => code);
  const found = useRooms()
    .flatMap((room) => room.helps ?? [])
    .find(({ code }) => codes.includes(code));
  if (found === undefined) return null;
  const Help = lazily(found.load);
  return (
    <Suspense fallback={null}>
      {/* oxlint-disable-next-line react/static-components -- one lazy component for each loader, kept in `held` */}
      <Help {...props} />
    </Suspense>
  );
};
