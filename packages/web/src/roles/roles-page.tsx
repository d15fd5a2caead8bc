import { readIncompatibilities } from '@aimwell/contract/roles/endpoints';
import { authorities, committees, roleAssignments } from '@aimwell/contract/roles/roles';
import type { Register } from '@aimwell/contract/platform/register';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../ui/api.ts';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, PageHead, Say } from '../ui/page.tsx';
import { PersonName } from '../ui/person.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { keyOf, type RecordView, useSomeRecords } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { LevelChip } from '../ui/status.tsx';
import { hasWords, inSentence, registerMany, registerOne, t } from '../ui/words.ts';
import { Assignments } from './assignments.tsx';

interface Ref {
  readonly id: string;
  readonly identifier: string;
  readonly title: string;
}

/** Who does what in the management system, who may sign what, and what should not lie in one hand. */
export default function RolesPage() {
  return (
    <div className="page wide">
      <PageHead title={t('ui.places.roles')} />
      <div className="stack">
        <Incompatible />
        <Assignments action={<New register={roleAssignments} />} />
        <Authorities />
        <Committees />
      </div>
    </div>
  );
}

const New = ({ register }: { register: Register }) => {
  const here = useHere();
  const navigate = useNavigate();
  return here.holds(register.permissions.create) ? (
    <Button
      size="xs"
      variant="subtle"
      leftSection={<IconPlus size={14} stroke={1.75} aria-hidden />}
      onClick={() => {
        void navigate({ to: here.to(register.name, 'new') as '/' });
      }}
    >
      {hasWords(`registers.${register.name}.create`)
        ? t(`registers.${register.name}.create`)
        : t('ui.newOne', { what: inSentence(registerOne(register.name)) })}
    </Button>
  ) : null;
};

const Incompatible = () => {
  const here = useHere();
  const found = useQuery({
    queryKey: keyOf(here, 'role-assignments', 'incompatibilities'),
    queryFn: ({ signal }) => call(readIncompatibilities, { params: { org: here.slug }, query: here.past }, { signal }),
  });
  if (found.isError) return <ProblemView error={found.error} />;
  return (
    <>
      {found.data?.items.map((one, index) => (
        <Say key={index} tone="warn" icon={<Shape kind="triangle" tone="warn" />}>
          <div className="m">{one.message}</div>
          <div className="mut">{one.remedy}</div>
          <div className="row wrap" style={{ marginTop: 4, gap: 10 }}>
            {one.assignments.map((assignment) => (
              <Go
                key={assignment.id}
                className="link in-text"
                to={here.to(assignment.identifier.startsWith('AUT') ? 'authorities' : 'role-assignments', assignment.id)}
              >
                {assignment.identifier} {assignment.title}
              </Go>
            ))}
          </div>
        </Say>
      ))}
    </>
  );
};

const may = ['approvesPlans', 'approvesSoa', 'approvesCriteria'] as const;
const Authorities = () => {
  const here = useHere();
  const list = useSomeRecords('authorities', {}, 100);
  const items = list.data?.items ?? [];
  return (
    <Card title={t('roles.authorities')} flush count={list.isSuccess ? items.length : undefined} actions={<New register={authorities} />}>
      <ProblemView error={list.error} />
      {list.isSuccess && items.length === 0 ? (
        <p className="mut" style={{ padding: '12px 16px' }}>
          {t('roles.noAuthority')}
        </p>
      ) : null}
      {items.length === 0 ? null : (
        <div className="scroll-x" tabIndex={0} role="group" aria-label={t('roles.authorities')}>
          <table className="table" style={{ minWidth: 640 }}>
            <thead>
              <tr>
                <th scope="col" style={{ paddingLeft: 16 }}>
                  {t('roles.columns.authority')}
                </th>
                <th scope="col">{t('roles.columns.holder')}</th>
                <th scope="col">{t('roles.columns.limit')}</th>
                <th scope="col">{t('roles.columns.approves')}</th>
                <th scope="col">{t('roles.columns.from')}</th>
                <th scope="col">{t('roles.columns.until')}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <tr key={one.id}>
                  <td style={{ paddingLeft: 16 }}>
                    <Go className="link plain" to={here.to('authorities', one.id)}>
                      {String(one['title'])}
                    </Go>
                  </td>
                  <td>
                    <PersonName name={(one['holder'] as Ref | null)?.title ?? null} />
                  </td>
                  <td>
                    <LevelChip level={one['riskLevelLimit'] as number} />
                  </td>
                  <td className="sm">
                    {may
                      .filter((field) => one[field] === true)
                      .map((field) => t(`roles.${field}`))
                      .join(', ') || <span className="dim">–</span>}
                  </td>
                  <td className="sm">
                    <DayText value={one['fromDate'] as string} />
                  </td>
                  <td className="sm">
                    <DayText value={one['untilDate'] as string | null} due />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
};

const Committees = () => {
  const list = useSomeRecords('committees', {}, 50);
  return (
    <Card title={registerMany('committees')} flush count={list.data?.items.length} actions={<New register={committees} />}>
      <ProblemView error={list.error} />
      {list.data?.items.length === 0 ? (
        <p className="mut" style={{ padding: '12px 16px' }}>
          {t('roles.noCommittee')}
        </p>
      ) : null}
      {list.data?.items.map((one, index) => (
        <div key={one.id}>
          {index === 0 ? null : <hr />}
          <Committee committee={one} />
        </div>
      ))}
    </Card>
  );
};

const Committee = ({ committee }: { committee: RecordView }) => {
  const here = useHere();
  const members = (committee['members'] as Ref[] | null) ?? [];
  const chair = committee['chair'] as Ref | null;
  return (
    <div className="col" style={{ gap: 4, padding: '10px 16px' }}>
      <span className="row wrap">
        <Go className="link plain" to={here.to('committees', committee.id)}>
          {String(committee['name'])}
        </Go>
        <span className="sm mut">
          {[
            committee['meets'],
            typeof committee['quorum'] === 'number' ? t('roles.quorum', { n: committee['quorum'], of: members.length }) : null,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className="row wrap sm" style={{ gap: '4px 14px' }}>
        {chair === null ? null : (
          <span className="row" style={{ gap: 6 }}>
            <span className="dim">{t('roles.chair')}</span>
            <PersonName name={chair.title} />
          </span>
        )}
        {members
          .filter((member) => member.id !== chair?.id)
          .map((member) => (
            <PersonName key={member.id} name={member.title} />
          ))}
      </span>
    </div>
  );
};
