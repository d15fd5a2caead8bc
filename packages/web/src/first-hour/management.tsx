import { Button, CopyButton, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReferenceView } from '@aimwell/contract/platform/schema';
import { request } from '../ui/api.ts';
import { todayIn } from '../ui/dates.ts';
import { Card, Say } from '../ui/page.tsx';
import { type RecordView, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** The highest level any scale knows: what a first authority reaches, until it is narrowed. */
const everyLevel = 49;

/** Designated management: whoever holds an authority to approve criteria, or the person who is being named for it now. */
export const useManagement = () => {
  const here = useHere();
  const found = useSomeRecords('authorities', {}, 50);
  const [values, setValues] = useState({ name: '', function: '', email: '' });
  const [link, setLink] = useState<string>();
  const today = todayIn(here.timeZone);
  const authority = found.data?.items.find(
    (record) =>
      record['approvesCriteria'] === true &&
      (record['holder'] as ReferenceView | null)?.id !== here.personId &&
      (typeof record['untilDate'] !== 'string' || record['untilDate'] >= today),
  );
  const mayName = here.may('members.manage');
  /** Puts the person into the directory, invites him as top management, and records how far he may decide. */
  const name = async () => {
    const person = await request<RecordView>('POST', here.api('people'), {
      body: { name: values.name.trim(), function: values.function.trim(), email: values.email.trim() },
    });
    const invited = await request<{ link: string }>('POST', here.api('invitations'), {
      body: {
        email: values.email.trim(),
        name: values.name.trim(),
        function: values.function.trim(),
        personId: person.id,
        roles: ['top_management'],
      },
    });
    setLink(invited.link);
    await request('POST', here.api('authorities'), {
      body: {
        title: t('first-hour.authorityTitle'),
        holder: person.id,
        riskLevelLimit: everyLevel,
        approvesPlans: true,
        approvesSoa: true,
        approvesCriteria: true,
        fromDate: today,
      },
    });
  };
  const complete = Object.values(values).every((value) => value.trim() !== '');
  const blocked =
    authority !== undefined ? undefined : !mayName ? t('first-hour.adminNames') : complete ? undefined : t('first-hour.nameManagement');
  return {
    authority,
    holder: (authority?.['holder'] as ReferenceView | null | undefined)?.title ?? values.name,
    values,
    setValues,
    link,
    name,
    blocked,
    mayName,
  };
};

/** Names the person who decides, or says who does. */
export const Management = ({
  management: { authority, holder, values, setValues, mayName },
}: {
  management: ReturnType<typeof useManagement>;
}) => {
  const text = (field: keyof typeof values) => ({
    value: values[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [field]: value }));
    },
  });
  return (
    <Card title={t('first-hour.management')}>
      {authority !== undefined ? (
        <p>{t('first-hour.decides', { name: holder })}</p>
      ) : mayName ? (
        <div className="form" style={{ maxWidth: 680 }}>
          <p className="sm mut">{t('first-hour.managementHelp')}</p>
          <div className="form-2">
            <TextInput label={t('first-hour.personName')} required {...text('name')} />
            <TextInput
              label={t('first-hour.personFunction')}
              required
              placeholder={t('first-hour.functionExample')}
              {...text('function')}
            />
          </div>
          <TextInput type="email" label={t('first-hour.personEmail')} required {...text('email')} />
        </div>
      ) : (
        <p className="sm mut">{t('first-hour.adminNames')}</p>
      )}
    </Card>
  );
};

/** The link to hand over; it is shown this once. */
export const InvitationLink = ({ link, name }: { link: string | undefined; name: string }) =>
  link === undefined ? null : (
    <Say tone="ok" icon={<Shape kind="disc" tone="ok" />}>
      <div className="stack" style={{ gap: 8 }}>
        <span>{t('first-hour.handOver', { name })}</span>
        <div className="row wrap">
          <TextInput
            className="grow"
            aria-label={t('first-hour.link')}
            readOnly
            value={link}
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={link}>
            {({ copied, copy }) => <Button onClick={copy}>{t(copied ? 'ui.copied' : 'ui.copy')}</Button>}
          </CopyButton>
        </div>
      </div>
    </Say>
  );
