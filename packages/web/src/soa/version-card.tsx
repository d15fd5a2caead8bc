import { soaVersions } from '@aimwell/contract/soa/soa';
import type { SoaView, SoaVersionView } from '@aimwell/contract/soa/endpoints';
import type { Command } from '@aimwell/contract/platform/register';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ActionButton } from '../ui/action-button.tsx';
import { DayText, MomentText } from '../ui/date-text.tsx';
import { CommandDialog } from '../ui/form/command-dialog.tsx';
import { Go } from '../ui/link.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useRecord, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { StatusShape } from '../ui/status.tsx';
import { commandLabel, t } from '../ui/words.ts';
import { BasisDialog } from './basis-dialog.tsx';
import { Against, Checklist } from './checklist.tsx';
import { countsOf } from './counts.ts';

/** The version shown: since when, what it rests on, what stands against it, and its next step. */
export const VersionCard = ({ view, onOpen }: { view: SoaView; onOpen: (control: string) => void }) => {
  const here = useHere();
  const [basis, setBasis] = useState(false);
  const version = view.version;
  if (version === null) return null;
  const may = here.holds(soaVersions.permissions.change) && version.state === 'draft';
  return (
    <div className="card soa-version">
      <div className="row b">
        <StatusShape value={version.state} size={15} />
        {t(`soa.versionName.${version.state}`, { n: version.versionNumber })}
      </div>
      <Since version={version} />
      {version.note === null ? null : <p className="sm mut pre">{version.note}</p>}
      {version.ownControlsStatement === null ? null : (
        <p className="sm mut pre">
          <span className="m">{t('soa.ownStatement')}</span> {version.ownControlsStatement}
        </p>
      )}
      {may ? (
        <div>
          <button type="button" className="link xs" onClick={() => setBasis(true)}>
            {t('soa.basis.edit')}
          </button>
        </div>
      ) : null}
      {version.state === 'draft' || version.state === 'in_review' ? <Checklist view={view} /> : null}
      <Steps view={view} version={version} />
      <Against view={view} onOpen={onOpen} />
      {basis ? <BasisDialog id={version.id} onClose={() => setBasis(false)} /> : null}
    </div>
  );
};

const Since = ({ version }: { version: SoaVersionView }) => {
  const here = useHere();
  return (
    <div className="xs dim stack" style={{ gap: 2 }}>
      {version.approvedOn === null ? (
        <span>
          {version.submittedAt !== null && version.state === 'in_review' ? (
            <>
              {t('soa.submittedBy', { name: version.submittedBy?.title ?? '' })} <MomentText value={version.submittedAt} />
            </>
          ) : (
            <>
              {t('soa.since')} <MomentText value={version.createdAt} />
            </>
          )}
        </span>
      ) : (
        <span>
          {t('soa.approvedBy', { name: version.approvedBy?.title ?? '' })} <DayText value={version.approvedOn} />
        </span>
      )}
      {version.treatmentPlan === null ? (
        <span className="t-warn">{t('soa.noPlan')}</span>
      ) : (
        <span>
          {t('soa.restsOn')}{' '}
          <Go className="link in-text xs" to={here.to('treatment-plans', version.treatmentPlan.id)}>
            {version.treatmentPlan.title}
          </Go>
        </span>
      )}
      {version.approvedStatement === null ? null : <span className="mut">“{version.approvedStatement}”</span>}
      {version.approvedHash === null ? null : (
        <span className="soa-hash" title={version.approvedHash}>
          {t('soa.hash', { hash: version.approvedHash.slice(0, 16) })}
        </span>
      )}
    </div>
  );
};

/** The commands this state allows; what cannot be done yet says why. */
const Steps = ({ view, version }: { view: SoaView; version: SoaVersionView }) => {
  const here = useHere();
  const record = useRecord('soa-versions', version.id);
  const write = useWrite('soa-versions');
  const [running, setRunning] = useState<Command>();
  const command = (name: string) => soaVersions.commands.find((one) => one.name === name) as Command;
  const holds = (name: string) => here.holds(command(name).roles);
  const run = (name: string) => write.mutate({ kind: 'command', id: version.id, version: version.version, command: name, input: {} });
  const included = countsOf(view.rows);
  if (version.state === 'draft' && holds('submit')) {
    return (
      <div className="stack" style={{ gap: 8 }}>
        <ActionButton
          wide
          variant="filled"
          blocked={view.against.length === 0 ? undefined : waitsFor(view)}
          loading={write.isPending}
          onClick={() => run('submit')}
        >
          {t('soa.submit', { n: version.versionNumber })}
        </ActionButton>
        <Button
          fullWidth
          variant="subtle"
          loading={write.isPending}
          title={t('registers.soa-versions.commands.suggest.help')}
          onClick={() => run('suggest')}
        >
          {commandLabel('soa-versions', 'suggest')}
        </Button>
        <p className="xs dim">{t('registers.soa-versions.commands.suggest.help')}</p>
        <ProblemView error={write.error} />
      </div>
    );
  }
  if (version.state !== 'in_review') return null;
  if (!holds('approve')) return <p className="xs dim">{t('soa.waitsForManagement')}</p>;
  return (
    <div className="stack" style={{ gap: 8 }}>
      <ActionButton
        wide
        variant="filled"
        blocked={version.submittedBy?.id === here.personId ? t('soa.notTheAuthor') : view.against.length === 0 ? undefined : waitsFor(view)}
        onClick={() => setRunning(command('approve'))}
      >
        {t('soa.approve', { n: version.versionNumber })}
      </ActionButton>
      <Button fullWidth onClick={() => setRunning(command('sendBack'))}>
        {commandLabel('soa-versions', 'sendBack')}
      </Button>
      {running === undefined || record.data === undefined ? null : (
        <CommandDialog
          register={soaVersions}
          record={record.data}
          command={running}
          onClose={() => setRunning(undefined)}
          {...(running.name === 'approve'
            ? {
                start: {
                  statement: t('soa.statement', {
                    name: version.name,
                    n: version.versionNumber,
                    included: included.included,
                    total: included.total,
                  }),
                },
              }
            : {})}
        >
          {running.name === 'approve' ? (
            <p className="sm mut">
              {t('soa.signs', {
                included: included.included,
                excluded: included.excluded,
                plan: version.treatmentPlan?.title ?? t('soa.noPlan'),
              })}
            </p>
          ) : null}
        </CommandDialog>
      )}
    </div>
  );
};

const waitsFor = (view: SoaView): string => {
  const controls = [...new Set(view.against.map(({ field }) => field ?? ''))].filter((field) =>
    view.rows.some((row) => row.control === field),
  );
  if (controls.length === 0) return view.against[0]?.message ?? '';
  return t('soa.waitsFor', {
    controls:
      controls.length > 4 ? `${controls.slice(0, 4).join(', ')} ${t('soa.andMore', { count: controls.length - 4 })}` : controls.join(', '),
  });
};
