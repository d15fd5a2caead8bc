import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { t } from './words.ts';

interface Props {
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
  /** Files may be dropped anywhere on the page, not on the strip alone. */
  readonly everywhere?: boolean;
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;

/** A strip to drop files on, or to choose them from the disk. */
export const FileDrop = ({ label, onFiles, everywhere = false }: Props) => {
  const strip = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const area: HTMLElement | null = everywhere ? document.body : strip.current;
    if (area === null) return;
    const hover = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null || !area.contains(event.relatedTarget as Node)) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    };
    area.addEventListener('dragover', hover);
    area.addEventListener('dragleave', leave);
    area.addEventListener('drop', drop);
    return () => {
      area.removeEventListener('dragover', hover);
      area.removeEventListener('dragleave', leave);
      area.removeEventListener('drop', drop);
    };
  }, [everywhere]);
  return (
    <div ref={strip} className={`drop no-print${over ? ' over' : ''}`}>
      <IconFileUpload size={18} stroke={1.75} aria-hidden />
      <span className="grow">{label}</span>
      <Button size="xs" onClick={() => input.current?.click()}>
        {t('ui.chooseFiles')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('ui.chooseFiles')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
};
