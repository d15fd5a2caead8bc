/** A BPMN 2.0 file around the inside of one process; messages, signals and errors come before it. */
export const bpmn = (inside: string, before = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:aims="urn:aimwell:process:1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="d" targetNamespace="urn:test">
  ${before}
  <process id="p" name="A test" isExecutable="true">
    ${inside}
  </process>
</definitions>`;

const attributes = (given: Readonly<Record<string, string>>) =>
  Object.entries(given)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/** A user task with what our properties say of it. */
export const userTask = (id: string, step: Readonly<Record<string, string>> = {}): string =>
  `<userTask id="${id}" name="Do ${id}"><extensionElements><aims:step${attributes(step)} /></extensionElements></userTask>`;

let flows = 0;
/** Sequence flows along a line of ids; a condition stands in brackets before the target, as in `a`, `[ok = true]b`. */
export const flow = (...ids: readonly string[]): string =>
  ids
    .slice(1)
    .map((to, index) => {
      const from = (ids[index] ?? '').replace(/^\[.*\]/, '');
      const [, condition, target = ''] = /^(?:\[(.*)\])?(.+)$/.exec(to) ?? [];
      flows += 1;
      const expression =
        condition === undefined
          ? ''
          : `<conditionExpression xsi:type="tFormalExpression">${condition.replaceAll('<', '&lt;')}</conditionExpression>`;
      return `<sequenceFlow id="f${flows}" sourceRef="${from}" targetRef="${target}">${expression}</sequenceFlow>`;
    })
    .join('\n');

export const startAndEnd = '<startEvent id="s" /><endEvent id="e" />';
