import { unsettled } from '../../platform/trail/verify-seals.ts';
import { createJourney, type Journey, password, type Visitor } from '../../journey/testing.ts';

/** Somebody keeps the maps, and somebody else approves them. */
export interface Office {
  readonly journey: Journey;
  readonly manager: Visitor;
  readonly management: Visitor;
  /** Brings a map and puts it in force; answers the id of the map. */
  publish(key: string, xml: string, more?: object): Promise<string>;
  start(process: string, more?: object): Promise<string>;
  /** Rows of runs, maps and deviations that are not what their newest entry tells. */
  unsealed(): Promise<string[]>;
  close(): Promise<void>;
}

export const createOffice = async (slug: string): Promise<Office> => {
  const journey = await createJourney(slug);
  const manager = await journey.enter('aims_manager');
  const management = await journey.enter('top_management');
  const approve = async (id: string, version: string) => {
    await manager.do('POST', `process-versions/${version}/submit`, {});
    await management.do('POST', `process-versions/${version}/approve`, { password });
    return id;
  };
  return {
    journey,
    manager,
    management,
    publish: async (key, xml, more = {}) => {
      const known = (await manager.do('GET', 'processes')).items?.find((map) => map['key'] === key);
      if (known !== undefined) return approve(known.id, (await manager.do('POST', `processes/${known.id}/versions`, { xml, ...more })).id);
      const made = await manager.do('POST', 'processes', { key, xml, ...more });
      return approve(made.id, (made['newest'] as { id: string }).id);
    },
    start: async (process, more = {}) => (await manager.do('POST', 'process-instances', { process, ...more })).id,
    unsealed: () =>
      journey.house.database.inOrganisation(journey.organisation.id, async (tx) => (await unsettled(tx)).map(({ message }) => message)),
    close: () => journey.close(),
  };
};
