/** Ids of what every map has. */
export const POOL = 'pool';
export const laneElement = (id: string): string => `lane_${id}`;

/** Messages, signals, errors and escalations stand beside the process and are named by id. */
export const rootId = (kind: string, name: string): string => `${kind}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')}`;
