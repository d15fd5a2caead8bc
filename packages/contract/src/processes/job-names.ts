/** What a service or send task can have the product do, by the name that stands in the map. */
export const jobNames = ['notify', 'check-conformity'] as const;
export type JobName = (typeof jobNames)[number];
