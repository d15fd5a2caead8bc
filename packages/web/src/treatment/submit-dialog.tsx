import { Button, Modal } from '@mantine/core';
import { ApiProblem } from '../ui/api.ts';
import { Go } from '../ui/link.tsx';
import { Say } from '../ui/page.tsx';
import { ProblemView } from '../ui/problem.tsx';
import { useWrite } from '../ui/record.ts';
import type { CommandPanelProps } from '../ui/room.ts';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { commandLabel, t } from '../ui/words.ts';

/** Submits a plan; everything that stands against it is listed at once, each with the way to the record that mends it. */
export default function SubmitDialog({ record, onClose, onDone }: CommandPanelProps) {
  const write = useWrite('treatment-plans');
  const problems = write.error instanceof ApiProblem ? (write.error.problem.problems ?? []) : [];
  const send = () =>
    write.mutate({ kind: 'command', id: record.id, version: record.version, command: 'submit', input: {} }, { onSuccess: onDone });
  return (
    <Modal opened onClose={onClose} size="lg" title={t('treatment.submit.title', { plan: String(record['name']) })}>
      <div className="form">
        <p className="sm mut">{t('treatment.submit.help')}</p>
        {problems.length === 0 ? (
          <ProblemView error={write.error} />
        ) : (
          <div role="alert" className="stack" style={{ gap: 8 }}>
            <Say tone="bad" icon={<Shape kind="diamond" tone="bad" />}>
              {t('treatment.submit.against', { count: problems.length })}
            </Say>
            <ul
              className="stack"
              style={{ margin: 0, padding: 0, listStyle: 'none', gap: 0, maxHeight: '50vh', overflowY: 'auto' }}
              tabIndex={0}
              aria-label={t('treatment.submit.list')}
            >
              {problems.map((problem, index) => (
                <li key={index} className="sm" style={{ padding: '8px 2px', borderTop: '1px solid var(--line)' }}>
                  <div className="m cap">{problem.message}</div>
                  <div className="mut">
                    {problem.remedy} <Mend field={problem.field} onGo={onClose} />
                  </div>
                </li>
              ))}
            </ul>
          </div>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button variant="filled" loading={write.isPending} onClick={send}>
            {commandLabel('treatment-plans', 'submit')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** The server names a risk by its id, and a treatment by its id with the field that is missing. */
const Mend = ({ field, onGo }: { field: string | undefined; onGo: () => void }) => {
  const here = useHere();
  const [id = '', part] = (field ?? '').split('.');
  const risk = part === undefined && /^[\da-f-]{36}$/.test(id);
  if (!/^[\da-f-]{36}$/.test(id)) return null;
  return (
    <Go className="link in-text" to={here.to(risk ? 'risks' : 'treatments', id)} onClick={onGo}>
      {t(risk ? 'treatment.submit.toRisk' : 'treatment.submit.toTreatment')}
    </Go>
  );
};
