import { claimsFormat, mostBytesRead, recognise, tooLarge } from '@aimwell/core/evidence/recognise/recognise';
import type { Recognition } from '@aimwell/core/evidence/recognise/summary';
import type { Incoming } from '../platform/files/store.ts';

const asText = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

const plain: Recognition = { kind: 'file' };

/** What an incoming file says by its own format. Only text that begins like JSON or XML is read whole. */
export const inspectFile = async (file: Pick<Incoming, 'head' | 'size' | 'read'> & { readonly name: string }): Promise<Recognition> => {
  const head = new TextDecoder().decode(file.head);
  const claims = claimsFormat(head, file.name);
  if (!/^\s*[{[<]/.test(head) && !/\.(?:sarif|json|dsse)$/i.test(file.name)) return plain;
  if (file.size > mostBytesRead) return claims ? tooLarge(file.size) : plain;
  const text = asText(await file.read());
  return text === null ? plain : recognise(text, file.name);
};
