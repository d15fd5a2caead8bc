import type { OrganisationSettings, OrganisationView } from '@aimwell/contract/identity/views';
import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldError, request } from '../../ui/api.ts';
import { Card, NameValues, Waiting } from '../../ui/page.tsx';
import { ProblemView } from '../../ui/problem.tsx';
import { useHere } from '../../ui/session.tsx';
import { timeZones } from '../../ui/time-zones.ts';
import { t } from '../../ui/words.ts';
import { MomentText } from '../../ui/date-text.tsx';
import { IntervalsCard } from './intervals-card.tsx';
import { RetentionCard } from './retention-card.tsx';
import { SettingsFrame } from './settings-frame.tsx';
import { sessionKey } from '../session-gate.tsx';

/** Name, time zone, and what the organisation has decided about judging and signing. */
const OrganisationPage = () => {
  const here = useHere();
  const found = useQuery({
    queryKey: [here.slug, 'organisation'],
    queryFn: ({ signal }) => request<OrganisationView>('GET', here.api().replace(/\/$/, ''), { signal }),
  });
  return (
    <SettingsFrame title={t('ui.settings.organisation')}>
      <ProblemView
        error={found.error}
        onRetry={() => {
          void found.refetch();
        }}
      />
      {found.isPending ? <Waiting /> : null}
      {found.data === undefined ? null : <Parts organisation={found.data} />}
    </SettingsFrame>
  );
};

const useChange = () => {
  const here = useHere();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { name?: string; timeZone?: string; settings?: OrganisationSettings }) =>
      request<OrganisationView>('PATCH', here.api().replace(/\/$/, ''), { body }),
    onSuccess: async (next) => {
      cache.setQueryData([here.slug, 'organisation'], next);
      await cache.invalidateQueries({ queryKey: sessionKey });
      await cache.invalidateQueries({ queryKey: [here.slug, 'conformity'] });
    },
  });
};

const Parts = ({ organisation }: { organisation: OrganisationView }) => {
  const here = useHere();
  const may = here.may('settings.change');
  return (
    <>
      {may ? null : <p className="sm mut">{t('ui.settings.readOnly')}</p>}
      {may ? (
        <Basics organisation={organisation} />
      ) : (
        <Card>
          <NameValues
            rows={[
              [t('ui.door.organisation'), organisation.name],
              [t('ui.timeZone'), organisation.timeZone],
            ]}
          />
        </Card>
      )}
      <Decisions organisation={organisation} may={may} />
      <Card>
        <NameValues
          rows={[
            [t('ui.settings.slug'), organisation.slug],
            [t('ui.fields.createdAt'), <MomentText key="c" value={organisation.createdAt} />],
          ]}
        />
      </Card>
    </>
  );
};

const Basics = ({ organisation }: { organisation: OrganisationView }) => {
  const [name, setName] = useState(organisation.name);
  const [timeZone, setTimeZone] = useState(organisation.timeZone);
  const change = useChange();
  const changed = name !== organisation.name || timeZone !== organisation.timeZone;
  return (
    <Card title={t('ui.settings.basics')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ name, timeZone });
        }}
      >
        <div className="form-2">
          <TextInput
            label={t('ui.door.organisation')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fieldError(change.error, 'name')}
          />
          <Select
            label={t('ui.timeZone')}
            searchable
            limit={80}
            data={timeZones()}
            value={timeZone}
            onChange={(next) => {
              if (next !== null) setTimeZone(next);
            }}
            error={fieldError(change.error, 'timeZone')}
          />
        </div>
        <p className="xs dim">{t('ui.timeZoneHelp')}</p>
        <ProblemView error={change.error} />
        {changed ? (
          <div className="row">
            <Button type="submit" variant="filled" loading={change.isPending}>
              {t('ui.save')}
            </Button>
            <Button
              variant="subtle"
              onClick={() => {
                setName(organisation.name);
                setTimeZone(organisation.timeZone);
              }}
            >
              {t('ui.cancel')}
            </Button>
          </div>
        ) : null}
      </form>
    </Card>
  );
};

const Decisions = ({ organisation, may }: { organisation: OrganisationView; may: boolean }) => {
  const change = useChange();
  const { settings } = organisation;
  const set = (next: OrganisationSettings) => change.mutate({ settings: next });
  const said = (value: boolean | undefined) => t(value === true ? 'ui.yes' : 'ui.no');
  if (!may)
    return (
      <>
        <Card title={t('ui.settings.decisions')}>
          <NameValues
            rows={[
              [t('ui.settings.share'), said(settings.shareConformityWithAuditors)],
              [t('ui.settings.tokensSign'), said(settings.tokensMaySign)],
            ]}
          />
        </Card>
        <RetentionCard settings={settings} may={false} onSave={() => undefined} />
        <IntervalsCard settings={settings} may={false} onSave={() => undefined} />
      </>
    );
  return (
    <>
      <Card title={t('ui.settings.decisions')}>
        <div className="form">
          <Switch
            label={t('ui.settings.share')}
            description={t('ui.settings.shareHelp')}
            checked={settings.shareConformityWithAuditors === true}
            onChange={(event) => set({ shareConformityWithAuditors: event.currentTarget.checked })}
          />
          <Switch
            label={t('ui.settings.tokensSign')}
            description={t('ui.settings.tokensSignHelp')}
            checked={settings.tokensMaySign === true}
            onChange={(event) => set({ tokensMaySign: event.currentTarget.checked })}
          />
          <ProblemView error={change.error} />
        </div>
      </Card>
      <RetentionCard settings={settings} may onSave={(retention) => set({ retention })} />
      <IntervalsCard settings={settings} may onSave={(conformity) => set({ conformity })} />
    </>
  );
};
export default OrganisationPage;
