import type { Register } from '@aimwell/contract/platform/register';
import type { ImportFile } from '@aimwell/contract/platform/transfer';
import { Button, Loader } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { request } from '../api.ts';
import { ProblemView } from '../problem.tsx';
import { useHere } from '../session.tsx';
import { registerMany, t } from '../words.ts';

/** Sends a table to the server, which says what is in it; another sheet of the same file is asked for in the same way. */
export const useSendTable = (register: Register, onFile: (file: ImportFile) => void) => {
  const here = useHere();
  return useMutation({
    mutationFn: ({ file, sheet }: { file: File; sheet?: string }) => {
      const form = new FormData();
      form.append('file', file);
      return request<ImportFile>('POST', here.api('import', register.name, 'file'), { body: form, query: { sheet } });
    },
    onSuccess: onFile,
  });
};

/** Drop a spreadsheet here, or choose it. */
export const DropTable = ({ register, onFile }: { register: Register; onFile: (file: ImportFile, bytes: File) => void }) => {
  const input = useRef<HTMLInputElement>(null);
  const chosen = useRef<File>(undefined);
  const [over, setOver] = useState(false);
  const send = useSendTable(register, (found) => {
    if (chosen.current !== undefined) onFile(found, chosen.current);
  });
  const take = (file: File | undefined) => {
    if (file === undefined) return;
    chosen.current = file;
    send.mutate({ file });
  };
  const drag = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(on);
  };
  return (
    <div className="stack" style={{ gap: 12 }}>
      <div
        className={`drop imp-drop${over ? ' over' : ''}`}
        onDragOver={drag(true)}
        onDragLeave={drag(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        {send.isPending ? <Loader size={22} aria-label={t('import.reading')} /> : <IconTable size={26} stroke={1.5} aria-hidden />}
        <div className="stack" style={{ gap: 4 }}>
          <span className="m" style={{ fontSize: 15 }}>
            {send.isPending ? t('import.reading') : t('import.drop', { what: registerMany(register.name) })}
          </span>
          <span className="sm mut">{t('import.kinds')}</span>
        </div>
        <span className="grow" />
        <Button variant="filled" onClick={() => input.current?.click()} loading={send.isPending}>
          {t('import.choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('import.choose')}
          accept=".csv,.tsv,.txt,.xlsx,.json"
          onChange={(event) => {
            take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p className="sm mut">{t('import.nothingWritten')}</p>
      <ProblemView error={send.error} />
    </div>
  );
};
