import { processKeepers } from '@aimwell/core/processes/tasks';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { ReasonDialog } from '../ui/dialogs.tsx';
import { Go } from '../ui/link.tsx';
import { Card, Empty } from '../ui/page.tsx';
import { useHere } from '../ui/session.tsx';
import { Shape } from '../ui/shapes.tsx';
import { t } from '../ui/words.ts';
import { BindGate } from './bind-gate.tsx';
import type { ProcessMap } from './calls.ts';
import { type Gate, useGateDeed } from './gate-calls.ts';
import { gateWords, nameOf } from './gate-words.ts';

interface Props {
  readonly bound: readonly Gate[];
  /** What processes of the product are made to guard and do not yet. */
  readonly proposed: readonly Gate[];
  readonly maps: readonly ProcessMap[];
}

/** Commands that are carried out only within a run of their process, and those that could be. */
export const GatesCard = ({ bound, proposed, maps }: Props) => {
  const here = useHere();
  const keeps = here.holds(processKeepers);
  const [binding, setBinding] = useState<Partial<Gate> | null>(null);
  return (
    <Card
      title={t('gates.gates')}
      count={bound.length}
      flush
      actions={
        keeps ? (
          <Button size="xs" onClick={() => setBinding({})}>
            {t('gates.bindOne')}
          </Button>
        ) : null
      }
    >
      {bound.length === 0 && proposed.length === 0 ? <Empty title={t('gates.none')}>{t('gates.noneHelp')}</Empty> : null}
      <ul className="pr-list pr-rows">
        {bound.map((gate) => (
          <li key={`${gate.register} ${gate.command}`}>
            <Bound gate={gate} maps={maps} keeps={keeps} />
          </li>
        ))}
        {proposed.map((gate) => (
          <li key={`${gate.register} ${gate.command}`}>
            <Proposed gate={gate} maps={maps} onBind={keeps ? () => setBinding(gate) : undefined} />
          </li>
        ))}
      </ul>
      {binding === null ? null : <BindGate start={binding} maps={maps} onClose={() => setBinding(null)} />}
    </Card>
  );
};

const Bound = ({ gate, maps, keeps }: { gate: Gate; maps: readonly ProcessMap[]; keeps: boolean }) => {
  const here = useHere();
  const [freeing, setFreeing] = useState(false);
  const free = useGateDeed('DELETE');
  const map = maps.find(({ key }) => key === gate.process);
  const { register, command } = gate;
  return (
    <div className="row wrap">
      <span className="grow pr-about">
        <span className="m">{gateWords(gate)}</span>
        <span className="sm mut dblock">
          {t('gates.onlyIn')}{' '}
          {map === undefined ? (
            nameOf(maps, gate.process)
          ) : (
            <Go className="link in-text" to={here.to('processes', map.id)}>
              {map.name}
            </Go>
          )}
        </span>
      </span>
      <span className="st">
        <Shape kind="disc" tone="ok" /> {t('gates.isBound')}
      </span>
      {keeps ? (
        <Button size="xs" variant="subtle" aria-label={t('gates.freeNamed', { what: gateWords(gate) })} onClick={() => setFreeing(true)}>
          {t('gates.free')}
        </Button>
      ) : null}
      <ReasonDialog
        opened={freeing}
        onClose={() => setFreeing(false)}
        title={t('gates.freeNamed', { what: gateWords(gate) })}
        verb={t('gates.free')}
        onConfirm={(reason) => free.mutateAsync({ register, command, reason })}
      >
        {t('gates.freeHelp', { process: nameOf(maps, gate.process) })}
      </ReasonDialog>
    </div>
  );
};

const Proposed = ({ gate, maps, onBind }: { gate: Gate; maps: readonly ProcessMap[]; onBind: (() => void) | undefined }) => {
  const here = useHere();
  const runs = maps.some(({ key, inForce }) => key === gate.process && inForce?.executable === true);
  const process = nameOf(maps, gate.process);
  return (
    <div className="row wrap">
      <span className="grow pr-about">
        <span className="m">{gateWords(gate)}</span>
        <span className="sm mut dblock">{t('gates.madeFor', { process })}</span>
      </span>
      <span className="st quiet">
        <Shape kind="dashed-ring" tone="none" /> {t('gates.isFree')}
      </span>
      {runs ? (
        onBind === undefined ? null : (
          <Button size="xs" variant="subtle" aria-label={t('gates.bindNamed', { what: gateWords(gate) })} onClick={onBind}>
            {t('gates.bind')}
          </Button>
        )
      ) : (
        <Go className="link sm" to={here.to('processes')}>
          {t('gates.adoptFirst', { process })}
        </Go>
      )}
    </div>
  );
};
