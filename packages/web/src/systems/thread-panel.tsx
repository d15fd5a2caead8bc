import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useSomeRecords } from '../ui/record.ts';
import { RiskThread } from '../ui/risk-thread.tsx';
import type { RecordPanelProps } from '../ui/room.ts';
import { t } from '../ui/words.ts';

/** How each risk of a system is answered, one risk at a time, the highest first. */
export default function SystemThread({ record }: RecordPanelProps) {
  const risks = useSomeRecords('risks', { system: record.id, sort: '-inherentLevel' }, 50);
  const [wanted, setWanted] = useState(0);
  const items = risks.data?.items ?? [];
  const at = Math.min(wanted, items.length - 1);
  const risk = items[at];
  if (risk === undefined) return null;
  return (
    <RiskThread
      key={risk.id}
      risk={risk}
      named
      count={t('systems.thread.place', { n: at + 1, of: items.length })}
      actions={
        items.length < 2 ? undefined : (
          <>
            <ActionIcon size={24} disabled={at === 0} aria-label={t('systems.thread.previous')} onClick={() => setWanted(at - 1)}>
              <IconChevronLeft size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={24}
              disabled={at === items.length - 1}
              aria-label={t('systems.thread.next')}
              onClick={() => setWanted(at + 1)}
            >
              <IconChevronRight size={16} stroke={1.75} aria-hidden />
            </ActionIcon>
          </>
        )
      }
    />
  );
}
