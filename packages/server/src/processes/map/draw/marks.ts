import { ink, paper, path, svg } from './svg.ts';

/** Marks of events, drawn around the middle of a circle of 18 px. Those that throw are filled. */
const signs: Readonly<Record<string, string>> = {
  MessageEventDefinition: 'M-9,-6 H9 V6 H-9 Z M-9,-6 L0,1 L9,-6',
  SignalEventDefinition: 'M0,-9 L9,7 L-9,7 Z',
  ErrorEventDefinition: 'M-9,8 L-4,-8 L3,1 L9,-8 L4,8 L-3,-1 Z',
  EscalationEventDefinition: 'M0,-9 L8,8 L0,1 L-8,8 Z',
  ConditionalEventDefinition: 'M-7,-9 H7 V9 H-7 Z M-4,-5 H4 M-4,-1.5 H4 M-4,2 H4 M-4,5.5 H4',
  LinkEventDefinition: 'M-9,-3 H2 V-8 L10,0 L2,8 V3 H-9 Z',
  CompensateEventDefinition: 'M-1,-7 L-10,0 L-1,7 Z M8,-7 L-1,0 L8,7 Z',
  CancelEventDefinition: 'M-8,-6 L-6,-8 L0,-2 L6,-8 L8,-6 L2,0 L8,6 L6,8 L0,2 L-6,8 L-8,6 L-2,0 Z',
  several: 'M0,-9 L9,-2.5 L5.5,8 H-5.5 L-9,-2.5 Z',
};

/** The mark of an event by its definition; `several` for more than one. */
export const eventMark = (definition: string, throws: boolean): string => {
  if (definition === 'TimerEventDefinition')
    return svg('circle', { r: 11, fill: 'none', stroke: ink, 'stroke-width': 1.2 }) + path('M0,-8 V0 L5,3');
  if (definition === 'TerminateEventDefinition') return svg('circle', { r: 10, fill: ink });
  const sign = signs[definition];
  if (sign === undefined) return '';
  if (definition === 'MessageEventDefinition' && throws)
    return path('M-9,-6 H9 V6 H-9 Z', { fill: ink }) + path('M-9,-6 L0,1 L9,-6', { stroke: paper });
  return path(sign, { fill: throws ? ink : 'none', 'stroke-width': 1.2 });
};

export const gatewayMarks: Readonly<Record<string, string>> = {
  ExclusiveGateway: path('M-7,-8 L7,8 M7,-8 L-7,8', { 'stroke-width': 3 }),
  ParallelGateway: path('M0,-11 V11 M-11,0 H11', { 'stroke-width': 3 }),
  InclusiveGateway: svg('circle', { r: 11, fill: 'none', stroke: ink, 'stroke-width': 2.5 }),
  ComplexGateway: path('M0,-11 V11 M-11,0 H11 M-8,-8 L8,8 M8,-8 L-8,8', { 'stroke-width': 2.5 }),
  EventBasedGateway:
    svg('circle', { r: 13, fill: 'none', stroke: ink }) +
    svg('circle', { r: 10.5, fill: 'none', stroke: ink }) +
    path('M0,-7 L7,-2 L4.5,6 H-4.5 L-7,-2 Z', { 'stroke-width': 1 }),
};

/** Marks of tasks, 16 px square from their upper left corner. */
export const taskMarks: Readonly<Record<string, string>> = {
  UserTask:
    svg('circle', { cx: 8, cy: 4.5, r: 3.2, fill: 'none', stroke: ink }) +
    path('M1.5,15 V12 Q1.5,8.5 8,8.5 Q14.5,8.5 14.5,12 V15 Z', { 'stroke-width': 1 }),
  ManualTask: path('M2,8 L6,3.5 H9 L8,5.5 H14.5 V7.3 H9 M14.5,7.3 V9.2 H9 M14,9.2 V11 H9 M13.2,11 V12.8 H5 Q2,12.8 2,10 Z', {
    'stroke-width': 1,
  }),
  ServiceTask:
    svg('circle', { cx: 8, cy: 8, r: 5.6, fill: 'none', stroke: ink, 'stroke-width': 2.6, 'stroke-dasharray': '2.2 2.2' }) +
    svg('circle', { cx: 8, cy: 8, r: 4.4, fill: 'none', stroke: ink, 'stroke-width': 1 }) +
    svg('circle', { cx: 8, cy: 8, r: 1.8, fill: 'none', stroke: ink, 'stroke-width': 1 }),
  SendTask: path('M1,3 H15 V13 H1 Z', { fill: ink, 'stroke-width': 1 }) + path('M1,3 L8,9 L15,3', { stroke: paper, 'stroke-width': 1.2 }),
  ReceiveTask: path('M1,3 H15 V13 H1 Z M1,3 L8,9 L15,3', { 'stroke-width': 1 }),
  BusinessRuleTask:
    path('M1,2 H15 V5.5 H1 Z', { fill: '#c9ccd3', 'stroke-width': 1 }) +
    path('M1,5.5 H15 V14 H1 Z M1,9.7 H15 M5.5,5.5 V14', { 'stroke-width': 1 }),
  ScriptTask: path('M4,1.5 H14 Q10,5 12,8 Q14,11 11,14.5 H1.5 Q5,11 3,8 Q1,5 4,1.5 Z M5.5,5 H10 M5,8 H10 M5.5,11 H10.5', {
    'stroke-width': 1,
  }),
};

/** Marks at the foot of an activity, around their middle. */
export const footMarks = {
  collapsed: path('M-7,-7 H7 V7 H-7 Z M0,-4.5 V4.5 M-4.5,0 H4.5'),
  parallel: path('M-4,-6 V6 M0,-6 V6 M4,-6 V6', { 'stroke-width': 2 }),
  sequential: path('M-6,-4 H6 M-6,0 H6 M-6,4 H6', { 'stroke-width': 2 }),
  loop: path('M-3,5.2 A6,6 0 1 1 2.5,5.5 M-3,5.2 H-7 M-3,5.2 V1.2'),
  compensation: path('M0,-5 L-7,0 L0,5 Z M7,-5 L0,0 L7,5 Z', { 'stroke-width': 1.2 }),
  adHoc: path('M-7,1 Q-3.5,-5 0,0 T7,-1', { 'stroke-width': 2 }),
} as const;
