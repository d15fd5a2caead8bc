import type { Register } from '@aimwell/contract/platform/register';
import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { requestBlob } from '../api.ts';
import { todayIn } from '../dates.ts';
import { type Filters } from '../record.ts';
import { saveFile } from '../save.ts';
import { useHere } from '../session.tsx';
import { startWork } from '../tray.ts';
import { registerMany, t } from '../words.ts';

const formats = ['csv', 'xlsx', 'json'] as const;

/** Exports what the filters show. The file is fetched in the tray, so that a long one does not hold the page. */
export const ExportMenu = ({ register, filters }: { register: Register; filters: Filters }) => {
  const here = useHere();
  if (!here.may('export.run')) return null;
  const run = (format: (typeof formats)[number]) => {
    const title = t('ui.exporting', { what: registerMany(register.name), format: format.toUpperCase() });
    startWork(title, async ({ signal }) => {
      const file = await requestBlob(here.api('export', register.name), { query: { ...filters, format }, signal });
      saveFile(file.blob, file.name ?? `${register.name}-${todayIn(here.timeZone)}.${format}`);
    });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="subtle" leftSection={<IconDownload size={15} stroke={1.75} aria-hidden />}>
          {t('ui.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => run(format)}>
            {t(`ui.formats.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
