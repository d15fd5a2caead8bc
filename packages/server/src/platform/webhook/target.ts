import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Refusal, refusal } from '@aimwell/core/shared/refusal';
import { isPublicAddress } from './addresses.ts';

/** Whether addresses inside the own network may be called: AIMWELL_ALLOW_PRIVATE_WEBHOOKS=1, for intranets. */
export interface Reach {
  readonly allowPrivate: boolean;
}

/** The host without the brackets of an IPv6 address and without the dot that ends a full name. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');

const inside = (field: string, got: string): Refusal =>
  refusal(
    'ADDRESS_NOT_PUBLIC',
    `expected an address on the internet, got ${got}`,
    'Name a public host; inside a network of your own the operator sets AIMWELL_ALLOW_PRIVATE_WEBHOOKS=1.',
    field,
  );

/** What is wrong with the address of a webhook as far as it can be said without asking anybody; names are resolved when it is called. */
export const judgeWebhookUrl = (text: string, { allowPrivate }: Reach, field = 'url'): Refusal[] => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return [
      refusal(
        'NOT_A_WEB_ADDRESS',
        `expected an address that begins with https:// or http://, got ${text.slice(0, 80)}`,
        'Correct the address.',
        field,
      ),
    ];
  if (url.username !== '' || url.password !== '')
    return [
      refusal(
        'CREDENTIALS_IN_URL',
        'expected an address without a name or password in it, got one',
        'Leave them out; each call is signed.',
        field,
      ),
    ];
  const host = hostOf(url);
  // Numbers in every spelling are an IPv4 address by now: the parser of URLs has made one of them.
  const bad = isIP(host) === 0 ? /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host) : !isPublicAddress(host);
  return bad && !allowPrivate ? [inside(field, host)] : [];
};

export interface Target {
  readonly url: URL;
  /** The one address that is called: what was judged and what is connected to are the same. */
  readonly address: string;
  readonly family: 4 | 6;
}

export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
const bySystem: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Resolves the host once and picks the address to call. One address inside among several refuses them all.
 * @throws Error with one sentence
 */
export const targetOf = async (text: string, reach: Reach, resolve: Resolve = bySystem): Promise<Target> => {
  const [wrong] = judgeWebhookUrl(text, reach);
  if (wrong !== undefined) throw new Error(wrong.message);
  const url = new URL(text);
  const host = hostOf(url);
  const found = isIP(host) === 0 ? await resolve(host) : [{ address: host, family: isIP(host) }];
  const closed = found.find(({ address }) => !isPublicAddress(address));
  if (closed !== undefined && !reach.allowPrivate) throw new Error(`${inside('url', host).message}, which leads to ${closed.address}`);
  const [first] = found;
  if (first === undefined) throw new Error(`expected an address for ${host}, got none`);
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
};
