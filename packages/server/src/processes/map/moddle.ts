import { aimsDescriptor } from '@aimwell/contract/processes/extension';
import { mendWriter } from '@aimwell/core/processes/text/mend';
import { BpmnModdle } from 'bpmn-moddle';

/** A reader and writer of BPMN 2.0 files that knows our namespace. */
export const createModdle = (): BpmnModdle => {
  const moddle = new BpmnModdle({ aims: aimsDescriptor });
  mendWriter(moddle);
  return moddle;
};
