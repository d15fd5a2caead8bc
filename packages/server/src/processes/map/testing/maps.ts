/** Small maps for tests, written as files of other tools are: with namespaces and without a drawing. */
export const mapOf = (process: string, rest = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:aims="urn:aimwell:process:1" xmlns:tns="urn:test" targetNamespace="urn:test" id="d">
${rest}<bpmn:process id="p" name="Test" isExecutable="true">${process}</bpmn:process></bpmn:definitions>`;

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Steps one after another: a start, so many manual tasks, an end. */
export const chainOf = (tasks: number, task = (id: string) => `<bpmn:manualTask id="${id}"/>`): string => {
  const ids = ['s', ...Array.from({ length: tasks }, (_, index) => `t${index}`), 'e'];
  const flows = ids.slice(1).map((to, index) => `<bpmn:sequenceFlow id="f${index}" sourceRef="${ids[index]}" targetRef="${to}"/>`);
  return `<bpmn:startEvent id="s"/>${ids.slice(1, -1).map(task).join('')}<bpmn:endEvent id="e"/>${flows.join('')}`;
};
