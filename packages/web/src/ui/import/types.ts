import type { ImportFile, ImportPreview } from '@aimwell/contract/platform/transfer';

export type ImportRow = ImportPreview['rows'][number];
export type ImportField = ImportFile['fields'][number];
