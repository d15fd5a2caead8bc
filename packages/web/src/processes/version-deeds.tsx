import { processKeepers } from '@aimwell/core/processes/tasks';
import { signatories } from '@aimwell/core/roles/permissions';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ReasonDialog } from '../ui/dialogs.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { ApproveVersion } from './approve-version.tsx';
import { useDeed, type VersionLine } from './calls.ts';

type Asked = 'approve' | 'send-back' | 'retire';

interface Props {
  readonly version: VersionLine;
  /** Its map and its steps are the ones on the page. */
  readonly shown: boolean;
}

/**
 * What can be done with a version where it stands: submit a draft, approve or send back what is in review, retire what is in force.
 * Nobody submits or signs what he does not see, and whoever wrote in it is told that another person approves it.
 */
export const VersionDeeds = ({ version, shown }: Props) => {
  const here = useHere();
  const me = here.personId;
  const [asked, setAsked] = useState<Asked | null>(null);
  const submit = useDeed('process-versions', version.id, 'submit');
  const keeps = here.holds(processKeepers);
  const signs = here.holds(signatories);
  const wrote = version.authors.some(({ id }) => id === me);
  const close = () => setAsked(null);
  return (
    <>
      {version.state === 'review' && signs && !shown ? <p className="xs mut">{t('processes.openToDecide')}</p> : null}
      {version.state === 'review' && signs && shown && wrote ? <p className="xs mut">{t('processes.othersApprove')}</p> : null}
      <div className="row wrap">
        {version.state === 'draft' && keeps && shown ? (
          <Button size="xs" loading={submit.isPending} onClick={() => submit.mutate({ version: version.version })}>
            {t('processes.submit')}
          </Button>
        ) : null}
        {version.state === 'review' && signs && shown ? (
          <>
            {wrote ? null : (
              <Button size="xs" onClick={() => setAsked('approve')}>
                {t('processes.approve')}
              </Button>
            )}
            <Button size="xs" variant="subtle" onClick={() => setAsked('send-back')}>
              {t('processes.sendBack')}
            </Button>
          </>
        ) : null}
        {version.state === 'approved' && keeps ? (
          <Button size="xs" variant="subtle" onClick={() => setAsked('retire')}>
            {t('processes.retire')}
          </Button>
        ) : null}
      </div>
      <ProblemView error={submit.error} />
      {asked === 'approve' ? <ApproveVersion version={version} onClose={close} /> : null}
      {asked === 'send-back' || asked === 'retire' ? <WithReason version={version} deed={asked} onClose={close} /> : null}
    </>
  );
};

const WithReason = ({ version, deed, onClose }: { version: VersionLine; deed: 'send-back' | 'retire'; onClose: () => void }) => {
  const run = useDeed('process-versions', version.id, deed);
  const words = deed === 'retire' ? 'retire' : 'sendBack';
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={`${t(`processes.${words}`)}: ${t('processes.versionN', { number: version.number })}`}
      verb={t(`processes.${words}`)}
      danger={deed === 'retire'}
      onConfirm={(reason) => run.mutateAsync({ body: { reason }, version: version.version })}
    >
      {t(`processes.${words}Help`)}
    </ReasonDialog>
  );
};
