import type { Register } from '@aimwell/contract/platform/register';
import type { ImportResult } from '@aimwell/contract/platform/transfer';
import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { WorkProgress } from '../work-progress.tsx';
import { registerMany, t } from '../words.ts';

/** The import runs on the server: how far it is, here and in the tray. */
export const Working = ({
  register,
  work,
  onDone,
  onBack,
}: {
  register: Register;
  work: string;
  onDone: (result: ImportResult) => void;
  onBack: () => void;
}) => (
  <WorkProgress
    work={work}
    title={t('import.importing', { what: registerMany(register.name) })}
    onDone={useCallback((result: unknown) => onDone(result as ImportResult), [onDone])}
    failed={<Button onClick={onBack}>{t('import.backToRows')}</Button>}
    waiting={t('import.workRuns')}
    progress={(n, of) => t('import.workOf', { n, of })}
  />
);
