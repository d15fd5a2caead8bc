import { type OpenHouse, openHouse } from '@aimwell/server/compose';
import { organisationsHeld } from '@aimwell/server/platform/backup/organisations';
import { readConfig } from '@aimwell/server/platform/config';
import { type Context, createContext, type Organisation } from '@aimwell/server/platform/context';
import { tellExport } from '@aimwell/server/platform/http/handed-out';
import { organisationBySlug, systemActor } from '@aimwell/server/platform/identity/founding';
import type { Tx } from '@aimwell/server/platform/database/pool';
import { CannotRun } from './failure.ts';

/**
 * Opens database and rooms for one command: attaches to the embedded server of a running Aimwell, or starts it for as
 * long as the command takes; with DATABASE_URL it uses that. Always closes again.
 */
export const withHouse = async <T>(work: (house: OpenHouse) => Promise<T>): Promise<T> => {
  const house = await openHouse(readConfig(process.env));
  try {
    return await work(house);
  } finally {
    await house.close();
  }
};

/** The organisation of `--org`, by short name or id. */
export const organisationNamed = async (house: OpenHouse, reference: string): Promise<Organisation> => {
  const found = await organisationBySlug(house.identity.parts, reference);
  if (found === null)
    throw new CannotRun(
      `There is no organisation "${reference}" here.`,
      `Name one by its short name or id, or create it: npx aimwell org create "Name" --slug ${/^[a-z0-9-]+$/.test(reference) ? reference : 'short-name'}`,
    );
  return found;
};

/** All organisations, by their short names. */
export const everyOrganisation = async (house: OpenHouse): Promise<Organisation[]> =>
  (await organisationsHeld(house.opened.owner)).toSorted((a, b) => (a.slug < b.slug ? -1 : 1));

/** The operator of the installation as the one who acts. */
export const operatorContext = (house: OpenHouse, organisation: Organisation): Context =>
  createContext({ actor: systemActor, organisation, now: house.now() });

/** Opens the house and one transaction of the organisation named. */
export const inOrganisation = <T>(reference: string, work: (tx: Tx, context: Context, house: OpenHouse) => Promise<T>): Promise<T> =>
  withHouse(async (house) => {
    const organisation = await organisationNamed(house, reference);
    return house.database.inOrganisation(organisation.id, (tx) => work(tx, operatorContext(house, organisation), house));
  });

/** Writes down that the operator took something out of the house; nothing is handed out that could not be written down. */
export const tellHandedOut = (
  house: OpenHouse,
  organisation: Organisation,
  what: string,
  how: Readonly<Record<string, unknown>>,
): Promise<void> => house.database.inOrganisation(organisation.id, (tx) => tellExport(tx, operatorContext(house, organisation), what, how));
