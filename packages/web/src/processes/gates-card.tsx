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
import { byCommand, gateWords, nameOf } from './gate-words.ts';
import { ProcessName } from './process-name.tsx';

interface Props {
  readonly bound: readonly Gate[];
  /** What processes of the product are made to guard and do not yet. */
  readonly proposed: readonly Gate[];
  readonly maps: readonly ProcessMap[];
}

/** Commands that are carried out only within runs of their processes, and those that could be. */
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
        {byCommand(bound).map(({ command, gates }) => (
          <li key={gateWords(command)}>
            <Bound command={command} gates={gates} maps={maps} onBind={keeps ? () => setBinding(command) : undefined} />
          </li>
        ))}
        {proposed.map((gate) => (
          <li key={`${gate.register} ${gate.command} ${gate.process}`}>
            <Proposed gate={gate} maps={maps} onBind={keeps ? () => setBinding(gate) : undefined} />
          </li>
        ))}
      </ul>
      {binding === null ? null : <BindGate start={binding} maps={maps} onClose={() => setBinding(null)} />}
    </Card>
  );
};

interface BoundProps {
  readonly command: Pick<Gate, 'register' | 'command'>;
  readonly gates: readonly Gate[];
  readonly maps: readonly ProcessMap[];
  readonly onBind: (() => void) | undefined;
}

const Bound = ({ command, gates, maps, onBind }: BoundProps) => {
  const what = gateWords(command);
  return (
    <div className="row wrap">
      <div className="grow pr-about">
        <span className="m">{what}</span>
        <ul className="pr-list sm mut">
          {gates.map((gate, place) => (
            <li key={gate.process} className="row wrap">
              <span>
                {t(place === 0 ? 'gates.onlyIn' : 'gates.orIn')} <ProcessName process={gate.process} maps={maps} />
              </span>
              {onBind === undefined ? null : <Unbind gate={gate} maps={maps} last={gates.length === 1} />}
            </li>
          ))}
        </ul>
      </div>
      <span className="st">
        <Shape kind="disc" tone="ok" /> {t('gates.isBound')}
      </span>
      {onBind === undefined ? null : (
        <Button size="xs" variant="subtle" aria-label={t('gates.bindAnotherNamed', { what })} onClick={onBind}>
          {t('gates.bindAnother')}
        </Button>
      )}
    </div>
  );
};

const Unbind = ({ gate, maps, last }: { gate: Gate; maps: readonly ProcessMap[]; last: boolean }) => {
  const [freeing, setFreeing] = useState(false);
  const free = useGateDeed('DELETE');
  const process = nameOf(maps, gate.process);
  const title = t('gates.freeNamed', { what: gateWords(gate), process });
  return (
    <>
      <Button size="compact-xs" variant="subtle" aria-label={title} onClick={() => setFreeing(true)}>
        {t('gates.free')}
      </Button>
      <ReasonDialog
        opened={freeing}
        onClose={() => setFreeing(false)}
        title={title}
        verb={t('gates.free')}
        onConfirm={(reason) => free.mutateAsync({ ...gate, reason })}
      >
        {t(last ? 'gates.freeHelp' : 'gates.freeOneHelp', { process })}
      </ReasonDialog>
    </>
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
          <Button size="xs" variant="subtle" aria-label={t('gates.bindNamed', { what: gateWords(gate), process })} onClick={onBind}>
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
