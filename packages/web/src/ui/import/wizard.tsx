import type { Register } from '@aimwell/contract/platform/register';
import type { ImportFile, ImportResult } from '@aimwell/contract/platform/transfer';
import { useCallback, useState } from 'react';
import { Columns } from './columns.tsx';
import { DropTable, useSendTable } from './drop-table.tsx';
import './import.css';
import { Result } from './result.tsx';
import { Rows } from './rows.tsx';
import { useImportState } from './state.ts';
import { Working } from './working.tsx';

/** Brings a table into a register: file, columns, dry run with mending, import, and one thing set on many. Words: `import.json`. */
export const ImportWizard = ({ register }: { register: Register }) => {
  const { state, change, restart } = useImportState(register);
  // The bytes stay at hand for another sheet of the same file; after a reload the file has to be chosen again for that.
  const [bytes, setBytes] = useState<File>();
  const take = useCallback((file: ImportFile) => change({ step: 'columns', file, mapping: file.mapping, fixes: {} }), [change]);
  const resend = useSendTable(register, take);
  const done = useCallback((result: ImportResult) => change({ step: 'done', result }), [change]);
  const { step, file, mapping, work, result } = state;
  if (step === 'columns' && file !== undefined && mapping !== undefined) {
    return (
      <Columns
        register={register}
        file={file}
        mapping={mapping}
        onChange={(next) => change({ mapping: next })}
        onNext={() => change({ step: 'rows' })}
        onBack={restart}
        onSheet={bytes === undefined ? undefined : (sheet) => resend.mutate({ file: bytes, sheet })}
      />
    );
  }
  if (step === 'rows' && file !== undefined) return <Rows register={register} state={state} change={change} />;
  if (step === 'work' && work !== undefined)
    return <Working register={register} work={work} onDone={done} onBack={() => change({ step: 'rows' })} />;
  if (step === 'done' && result !== undefined) return <Result register={register} result={result} onAgain={restart} />;
  return (
    <DropTable
      register={register}
      onFile={(found, chosen) => {
        setBytes(chosen);
        take(found);
      }}
    />
  );
};
