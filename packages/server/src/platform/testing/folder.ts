import { rm } from 'node:fs/promises';

/** Removes a test's folder. What still ends (a killed process, its database) may write into it meanwhile: it is tried for some seconds. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
