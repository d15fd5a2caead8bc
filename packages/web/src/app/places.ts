import {
  IconBuilding,
  IconChecklist,
  IconCpu,
  IconFileCheck,
  IconFolder,
  IconMap2,
  IconShieldCheck,
  IconTarget,
  IconUsers,
  IconWorld,
  IconAlertTriangle,
  IconSettings,
  IconListCheck,
  IconScale,
} from '@tabler/icons-react';
import type { Place } from '../ui/room.ts';

/** The places every organisation has because their registers exist. Rooms add theirs, and replace one by giving the same path. */
export const standardPlaces: readonly Place[] = [
  { group: 'plan', order: 10, label: 'ui.places.scope', to: 'scope-elements', icon: IconMap2, also: ['scope-statements'] },
  { group: 'plan', order: 12, label: 'ui.places.context', to: 'context-issues', icon: IconWorld },
  { group: 'plan', order: 14, label: 'ui.places.parties', to: 'interested-parties', icon: IconBuilding, also: ['party-requirements'] },
  { group: 'plan', order: 20, label: 'ui.places.people', to: 'people', icon: IconUsers },
  { group: 'plan', order: 22, label: 'ui.places.roles', to: 'role-assignments', icon: IconListCheck, also: ['authorities', 'committees'] },
  { group: 'plan', order: 30, label: 'ui.places.risks', to: 'risks', icon: IconAlertTriangle, also: ['risk-assessments'], count: 'risks' },
  { group: 'plan', order: 32, label: 'ui.places.criteria', to: 'risk-criteria', icon: IconScale },
  {
    group: 'plan',
    order: 34,
    label: 'ui.places.treatments',
    to: 'treatments',
    icon: IconChecklist,
    also: ['treatment-plans', 'treatment-plan-lines'],
  },
  { group: 'plan', order: 40, label: 'ui.places.objectives', to: 'objectives', icon: IconTarget },
  { group: 'do', order: 10, label: 'ui.places.systems', to: 'systems', icon: IconCpu, count: 'systems' },
  { group: 'do', order: 20, label: 'ui.places.soa', to: 'soa-versions', icon: IconShieldCheck, also: ['soa-entries', 'controls'] },
  { group: 'check', order: 10, label: 'ui.places.tests', to: 'control-tests', icon: IconFileCheck },
  { group: 'end', order: 10, label: 'ui.places.evidence', to: 'evidence', icon: IconFolder },
  { group: 'settings', order: 10, label: 'ui.places.settings', to: 'settings', icon: IconSettings },
];
