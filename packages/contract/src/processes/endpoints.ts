import { gateEndpoints } from './gates.ts';
import { mapEndpoints } from './maps.ts';
import { runEndpoints } from './runs.ts';
import { taskEndpoints } from './tasks.ts';

export const processEndpoints = [
  ...Object.values(mapEndpoints),
  ...Object.values(runEndpoints),
  ...Object.values(taskEndpoints),
  ...Object.values(gateEndpoints),
];
