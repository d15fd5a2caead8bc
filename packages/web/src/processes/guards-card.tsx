import { Go } from '../ui/link.tsx';
import { Card } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';
import { useDeviations, useGates } from './gate-calls.ts';
import { gateWords } from './gate-words.ts';

/** What is carried out only within this process, and where that was set aside; nothing where it guards nothing. */
export const GuardsCard = ({ process }: { process: string }) => {
  const here = useHere();
  const gates = (useGates().data?.items ?? []).filter((gate) => gate.process === process);
  const open = (useDeviations().data?.items ?? []).filter((one) => one.process === process && one.closedAt === null).length;
  if (gates.length === 0 && open === 0) return null;
  return (
    <Card title={t('gates.guards')} count={gates.length}>
      <ul className="pr-list sm">
        {gates.map((gate) => (
          <li key={`${gate.register} ${gate.command}`}>{gateWords(gate)}</li>
        ))}
        <li>
          <Go className="link" to={`${here.to('gates')}?process=${process}`}>
            {open === 0 ? t('gates.title') : t('gates.openDeviations', { count: open })}
          </Go>
        </li>
      </ul>
    </Card>
  );
};
