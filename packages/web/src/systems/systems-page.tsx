import { systems } from '@aimwell/contract/systems/systems';
import { RegisterList } from '../ui/register/register-list.tsx';
import { useHere } from '../ui/session.tsx';
import { t } from '../ui/words.ts';

/** Every AI system, with the views people ask for first. */
export default function SystemsPage() {
  const here = useHere();
  return (
    <RegisterList
      register={systems}
      columns={['name', 'state', 'lawClass', 'scopeDecision', 'reviewDue', 'owner']}
      standardViews={[
        { name: t('systems.views.inUse'), filters: { state: ['pilot', 'production'], scopeDecision: 'in' } },
        { name: t('systems.views.highRisk'), filters: { lawClass: ['high-risk', 'prohibited'] } },
        { name: t('systems.views.notClassified'), filters: { lawClass: 'not-classified' } },
        { name: t('systems.views.undecided'), filters: { scopeDecision: 'undecided' } },
        ...(here.personId === null ? [] : [{ name: t('systems.views.mine'), filters: { owner: here.personId } }]),
      ]}
    />
  );
}
