import { readDraftSentence } from '@aimwell/contract/scope/endpoints';
import { scopeStatements } from '@aimwell/contract/scope/scope';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { call } from '../ui/api.ts';
import { DayText } from '../ui/date-text.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Waiting } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { keyOf, type RecordView, useSomeRecords, useWrite } from '../ui/record.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';

/** The statement in force, word for word, and what the records would say today. */
export const StatementCard = () => {
  const approved = useSomeRecords('scope-statements', { state: 'approved' }, 1);
  const inForce = approved.data?.items[0];
  return (
    <>
      <ProblemView error={approved.error} />
      {inForce === undefined ? null : <InForce statement={inForce} />}
      {approved.isPending ? <Waiting lines={3} /> : <Draft first={inForce === undefined} />}
    </>
  );
};

const InForce = ({ statement }: { statement: RecordView }) => {
  const here = useHere();
  const by = statement['approvedBy'] as { title: string } | null;
  return (
    <Card
      title={t('scope.inForce')}
      actions={
        <Go className="link sm" to={here.to('scope-statements', statement.id)}>
          {t('scope.version', { n: statement['versionNumber'] })}
        </Go>
      }
    >
      <div className="stack" style={{ gap: 8 }}>
        <p className="read" style={{ color: 'var(--ink)' }}>
          {String(statement['statement'])}
        </p>
        {['aiRoles', 'exclusions'].map((field) =>
          typeof statement[field] === 'string' && statement[field] !== '' ? (
            <p key={field} className="mut">
              {statement[field]}
            </p>
          ) : null,
        )}
        <p className="xs dim">
          {t('scope.approved')} <DayText value={statement['approvedOn'] as string} />
          {by === null ? '' : `, ${by.title}`}
        </p>
      </div>
    </Card>
  );
};

/** A sentence worded from elements and systems; it becomes a draft version that can be edited. */
const Draft = ({ first }: { first: boolean }) => {
  const here = useHere();
  const navigate = useNavigate();
  const write = useWrite('scope-statements');
  const draft = useQuery({
    queryKey: keyOf(here, 'scope-statements', 'sentence'),
    queryFn: ({ signal }) => call(readDraftSentence, { params: { org: here.slug } }, { signal }),
  });
  if (draft.data === undefined) return <ProblemView error={draft.error} />;
  const { statement, aiRoles, exclusions, missing } = draft.data;
  const take = () =>
    write.mutate(
      { kind: 'create', values: { statement, aiRoles, exclusions } },
      {
        onSuccess: (record) => {
          void navigate({ to: here.to('scope-statements', record.id) as '/' });
        },
      },
    );
  return (
    <Card title={t(first ? 'scope.firstDraft' : 'scope.today')}>
      <div className="stack" style={{ gap: 8 }}>
        <p className={first ? 'read' : 'mut'}>{statement}</p>
        {aiRoles === '' ? null : <p className="sm mut">{aiRoles}</p>}
        {exclusions === '' ? null : <p className="sm mut">{exclusions}</p>}
        {missing.map((what) => (
          <p key={what} className="row sm">
            <Shape kind="dashed-ring" tone="none" />
            {what}
          </p>
        ))}
        <ProblemView error={write.error} />
        {here.holds(scopeStatements.permissions.create) ? (
          <div>
            <Button variant={first ? 'filled' : 'default'} loading={write.isPending} onClick={take}>
              {t('scope.take')}
            </Button>
          </div>
        ) : null}
      </div>
    </Card>
  );
};
