import { soaVersions } from '@aimwell/contract/soa/soa';
import type { Tx } from '../platform/database/pool.ts';
import { findRows } from '../platform/register/read.ts';
import { annexA } from './catalog.ts';
import { controlOf, type EntryRow, frozenFields, progressFields, readEntries, readOwnCodes, readOwnControls } from './entries.ts';

type Values = Readonly<Record<string, unknown>>;

/** The entries a new version starts with: all of Annex A and the own controls, as the version in force has them, else undecided. */
export const copiedEntries = async (tx: Tx, version: string): Promise<Values[]> => {
  const own = await readOwnCodes(tx);
  const [inForce] = await findRows(tx, soaVersions, { state: 'approved' });
  const earlier = inForce === undefined ? [] : await readEntries(tx, inForce.id, own);
  const byControl = new Map(earlier.map((row) => [controlOf(row, own), contentOf(row)]));
  return [
    ...annexA.map(({ id, title }) => ({ ...byControl.get(id), soa: version, control: id, title })),
    ...(await readOwnControls(tx)).map((control) => ({ ...byControl.get(control.code), ...ownEntry(version, control) })),
  ];
};

/** An entry for an own control about which nothing is decided. */
export const ownEntry = (version: string, control: { readonly id: string; readonly title: string }): Values => ({
  soa: version,
  ownControl: control.id,
  title: control.title,
});

const contentOf = (row: EntryRow): Values => Object.fromEntries([...frozenFields, ...progressFields].map((name) => [name, row[name]]));
