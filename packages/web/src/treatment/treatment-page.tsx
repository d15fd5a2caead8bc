import { treatmentPlans, treatments } from '@aimwell/contract/treatment/treatments';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Empty, PageHead, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { type RecordView, useSomeRecords, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Status } from '../ui/status.tsx';
import { t } from '../ui/words.ts';
import { Downloads } from './downloads.tsx';
import { TreatmentLines } from './lines.tsx';

/** What is done about the risks, and the versions of the plan that management approves. */
export default function TreatmentPage() {
  const here = useHere();
  const navigate = useNavigate();
  const list = useSomeRecords(
    'treatments',
    { state: ['planned', 'in_progress', 'done', 'not_effective', 'effective'], sort: 'dueDate' },
    100,
  );
  const items = list.data?.items ?? [];
  return (
    <div className="page wide">
      <PageHead title={t('treatment.title')}>
        <Go className="link sm" to={here.to('treatments')}>
          {t('treatment.table')}
        </Go>
        {here.holds(treatments.permissions.create) ? (
          <Button
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => {
              void navigate({ to: here.to('treatments', 'new') as '/' });
            }}
          >
            {t('registers.treatments.create')}
          </Button>
        ) : null}
      </PageHead>
      <div className="two">
        <Card title={t('treatment.now')} flush count={list.isSuccess ? items.length : undefined}>
          {list.isPending ? <Waiting lines={5} /> : null}
          <ProblemView error={list.error} />
          {list.isSuccess && items.length === 0 ? (
            <Empty
              title={t('treatment.none')}
              action={
                <Go className="link" to={here.to('risks')}>
                  {t('ui.places.risks')}
                </Go>
              }
            >
              {t('registers.treatments.empty')}
            </Empty>
          ) : null}
          <TreatmentLines lines={items} />
        </Card>
        <Versions />
      </div>
    </div>
  );
}

const Versions = () => {
  const here = useHere();
  const navigate = useNavigate();
  const write = useWrite('treatment-plans');
  const plans = useSomeRecords('treatment-plans', { sort: '-versionNumber' }, 20);
  const items = plans.data?.items ?? [];
  const open = items.find((plan) => plan['state'] === 'draft' || plan['state'] === 'in_review');
  const start = () =>
    write.mutate(
      { kind: 'create', values: {} },
      {
        onSuccess: (plan) => {
          void navigate({ to: here.to('treatment-plans', plan.id) as '/' });
        },
      },
    );
  return (
    <aside className="stack" aria-label={t('treatment.versions')}>
      <Card title={t('treatment.versions')} flush>
        {items.map((plan) => (
          <Version key={plan.id} plan={plan} />
        ))}
        {plans.isSuccess && items.length === 0 ? (
          <p className="mut sm" style={{ padding: '12px 16px 0' }}>
            {t('registers.treatment-plans.empty')}
          </p>
        ) : null}
        <div className="body col">
          <ProblemView error={write.error} />
          {open === undefined ? (
            here.holds(treatmentPlans.permissions.create) ? (
              <Button variant="filled" loading={write.isPending} onClick={start}>
                {t('treatment.start')}
              </Button>
            ) : null
          ) : (
            <p className="sm mut">
              {t('treatment.goOn')}{' '}
              <Go className="link in-text" to={here.to('treatment-plans', open.id)}>
                {String(open['name'])}
              </Go>
            </p>
          )}
        </div>
      </Card>
    </aside>
  );
};

const Version = ({ plan }: { plan: RecordView }) => {
  const here = useHere();
  return (
    <div className="col" style={{ gap: 3, padding: '10px 16px', borderBottom: '1px solid var(--line)' }}>
      <span className="row wrap">
        <Go className="link plain" to={here.to('treatment-plans', plan.id)}>
          {String(plan['name'])}
        </Go>
        <span className="grow" />
        <Status value={String(plan['state'])} register="treatment-plans" field="state" quiet />
      </span>
      {typeof plan['approvedOn'] === 'string' ? (
        <span className="xs dim">
          {t('treatment.approved')} <DayText value={plan['approvedOn']} />
          {plan['approvedBy'] === null ? '' : `, ${(plan['approvedBy'] as { title: string }).title}`}
        </span>
      ) : null}
      <Downloads plan={plan} />
    </div>
  );
};
