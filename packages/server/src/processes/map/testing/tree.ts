import { attributesOf, tagsOf, unescaped } from '@aimwell/core/processes/text/tags';

/**
 * What an XML file says, one line each, whatever its prefixes, order, indentation, comments and number formats: for comparing a map
 * with what became of it. Prefixes in values are those of the namespaces that declare them.
 */
export const saidIn = (xml: string): readonly string[] => {
  const said: string[] = [];
  const stack: { path: string; spaces: ReadonlyMap<string, string>; text: number; own: string }[] = [];
  let spaces: ReadonlyMap<string, string> = new Map([['xml', 'xml']]);
  const qualified = (name: string, bare: string) => {
    const [prefix, local] = name.includes(':') ? (name.split(':', 2) as [string, string]) : ['', name];
    return prefix === '' ? `${bare}${local}` : `{${spaces.get(prefix) ?? prefix}}${local}`;
  };
  for (const tag of tagsOf(xml)) {
    if (tag.kind === 'closing') {
      const closed = stack.pop();
      const text = closed === undefined ? '' : plainText(xml.slice(closed.text, tag.from));
      if (closed !== undefined && text !== '') said.push(`${closed.path} = ${value(text, closed.spaces, '')}`);
      spaces = stack.at(-1)?.spaces ?? spaces;
      continue;
    }
    const attributes = attributesOf(xml, tag);
    const declared = attributes.filter(({ name }) => /^xmlns(?::|$)/.test(name));
    spaces = new Map([...(stack.at(-1)?.spaces ?? spaces), ...declared.map(({ name, raw }) => [name.slice(6), unescaped(raw)] as const)]);
    const rest = attributes.filter(({ name }) => !/^xmlns(?::|$)/.test(name));
    const id = rest.find(({ name }) => name === 'id')?.raw;
    const element = qualified(tag.name, `{${spaces.get('') ?? ''}}`).replace('formalExpression', 'expression');
    const path = `${stack.at(-1)?.path ?? ''}/${element.replaceAll(/\{[^}]*\/(\w+)\}/g, '$1:')}${id === undefined ? '' : `#${id}`}`;
    said.push(path);
    const own = stack[0]?.own ?? rest.find(({ name }) => name === 'targetNamespace')?.raw ?? '';
    for (const { name, raw } of rest) {
      const called = qualified(name, '').replace(element.slice(0, element.indexOf('}') + 1), '');
      const line = `${called}=${value(unescaped(raw), spaces, own)}`;
      if (!takenForGranted.has(line)) said.push(`${path} @ ${line}`);
    }
    if (tag.kind === 'opening') stack.push({ path, spaces, text: tag.to, own });
    else spaces = stack.at(-1)?.spaces ?? spaces;
  }
  return said.toSorted();
};

/** Text of an element without children; with children only blanks are between them. */
const plainText = (inner: string): string => {
  if (/<(?!!)/.test(inner.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, ''))) return '';
  return inner
    .split(/(<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)/)
    .map((part) => (part.startsWith('<!--') ? '' : part.startsWith('<![CDATA[') ? part.slice(9, -3) : unescaped(part)))
    .join('')
    .trim();
};

/** Numbers as numbers; names with the prefix of the file's own namespace without it, others with the namespace. */
const value = (text: string, spaces: ReadonlyMap<string, string>, own: string): string => {
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return String(Number(text));
  const [, prefix, local] = /^([\w-]+):([\w.-]+)$/.exec(text) ?? [];
  const uri = prefix === undefined ? undefined : spaces.get(prefix);
  if (uri === undefined) return text;
  return uri === own || own === '' || uri === bpmn ? (local ?? '') : `{${uri}}${local}`;
};

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const xsi = '{http://www.w3.org/2001/XMLSchema-instance}type';

const listed = (words: string): readonly string[] => words.split(' | ');

/** What the schema says of an element that says nothing. */
const takenForGranted: ReadonlySet<string> = new Set([
  ...listed('startQuantity=1 | completionQuantity=1 | isForCompensation=false | triggeredByEvent=false'),
  ...listed('isInterrupting=true | cancelActivity=true | parallelMultiple=false | gatewayDirection=Unspecified'),
  ...listed('processType=None | isClosed=false | isCollection=false | instantiate=false'),
  ...listed('expressionLanguage=http://www.w3.org/1999/XPath | typeLanguage=http://www.w3.org/2001/XMLSchema'),
  ...listed('textFormat=text/plain | implementation=##unspecified | implementation=##WebService'),
  ...listed('eventGatewayType=Exclusive | testBefore=false | isSequential=false | behavior=All'),
  ...listed('associationDirection=None | itemKind=Information | isUnlimited=true | method=##Compensate'),
  ...listed('ordering=Parallel | cancelRemainingInstances=true | capacity=0 | minimum=0 | maximum=1'),
  `${xsi}=tFormalExpression`,
  `${xsi}={http://www.omg.org/spec/DD/20100524/DC}Point`,
]);
