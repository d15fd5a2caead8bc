/** An element of an XML file: name, attributes (those without a value are left out), and what is in it. */
export interface Xml {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly content: readonly (Xml | string)[];
}

export const xml = (
  name: string,
  attributes: Xml['attributes'] = {},
  ...content: readonly (Xml | string | null | readonly Xml[])[]
): Xml => ({
  name,
  attributes,
  content: content.flatMap((part): readonly (Xml | string)[] =>
    part === null ? [] : typeof part === 'string' || 'name' in part ? [part] : part,
  ),
});

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#xD;',
  '\n': '&#xA;',
  '\t': '&#x9;',
};
/** Text as the value of an attribute in double quotes. */
export const inAttribute = (text: string): string => text.replaceAll(/[&<>"\r\n\t]/g, (letter) => escapes[letter] ?? letter);
const inText = (text: string): string => text.replaceAll(/[&<>\r]/g, (letter) => escapes[letter] ?? letter);

/** A whole file, one element a line, indented by two spaces: made to be compared line by line. */
export const writeXml = (root: Xml): string => `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;

const lines = ({ name, attributes, content }: Xml, indent: string): readonly string[] => {
  const said = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${inAttribute(String(value))}"`],
  );
  const open = `${indent}<${name}${said.join('')}`;
  if (content.length === 0) return [`${open} />`];
  if (content.every((part) => typeof part === 'string')) return [`${open}>${content.map(inText).join('')}</${name}>`];
  return [
    `${open}>`,
    ...content.flatMap((part) => (typeof part === 'string' ? [`${indent}  ${inText(part)}`] : lines(part, `${indent}  `))),
    `${indent}</${name}>`,
  ];
};
