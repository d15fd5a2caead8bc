import { evidence } from '@aimwell/contract/evidence/evidence';
import { Button } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { daysAfter } from './days.ts';
import { todayIn } from '../ui/dates.ts';
import { useUpload } from '../ui/evidence-card.tsx';
import { RegisterList } from '../ui/register/register-list.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** What proves what and how long it holds. Files dropped here become pieces of evidence to be tied to what they prove. */
export default function EvidencePage() {
  const here = useHere();
  const today = todayIn(here.timeZone);
  return (
    <RegisterList
      register={evidence}
      columns={['title', 'kind', 'controls', 'collectedOn', 'validUntil', 'owner']}
      standardViews={[
        { name: t('evidence.views.expired'), filters: { 'validUntil.to': daysAfter(today, -1) } },
        { name: t('evidence.views.soon'), filters: { 'validUntil.from': today, 'validUntil.to': daysAfter(today, 60) } },
        ...(here.personId === null ? [] : [{ name: t('evidence.views.mine'), filters: { owner: here.personId } }]),
      ]}
    >
      {here.holds(evidence.permissions.create) ? <Drop /> : null}
    </RegisterList>
  );
}

const Drop = () => {
  const upload = useUpload({});
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  return (
    <div
      className={`drop no-print${over ? ' over' : ''}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        upload([...event.dataTransfer.files]);
      }}
    >
      <IconFileUpload size={18} stroke={1.75} aria-hidden />
      <span className="grow">{t('evidence.drop')}</span>
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
          upload([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
};
