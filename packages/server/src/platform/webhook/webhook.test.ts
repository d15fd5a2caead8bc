import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from './addresses.ts';
import { callWebhook } from './post.ts';
import { judgeWebhookUrl, targetOf } from './target.ts';

const open = { allowPrivate: false };
const intranet = { allowPrivate: true };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});
const listen = (listener: RequestListener): Promise<number> =>
  new Promise((resolve) => {
    server = createServer(listener);
    server.listen(0, '127.0.0.1', () => {
      const address = server?.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });

/** Spellings of places inside, or of no place at all. */
const spellings = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://127.0.1/',
  'http://2130706433/',
  'http://0x7f000001/',
  'http://0x7f.0.0.1/',
  'http://0x7f.1/',
  'http://0177.0.0.1/',
  'http://017700000001/',
  'http://127.000.000.001/',
  'http://127.0.0.1./',
  'http://127.255.255.254/',
  'http://１２７.0.0.1/',
  'http://127。0。0。1/',
  'http://①②⑦.0.0.1/',
  'http://%31%32%37.0.0.1/',
  'http://0.0.0.0/',
  'http://0/',
  'http://0.1.2.3/',
  'http://10.0.0.1/',
  'http://10.255.255.255/',
  'http://167772161/',
  'http://172.16.0.1/',
  'http://172.31.255.255/',
  'http://192.168.0.1/',
  'http://3232235521/',
  'http://169.254.169.254/latest/meta-data/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://100.64.0.1/',
  'http://100.127.255.255/',
  'http://192.0.0.8/',
  'http://192.0.2.1/',
  'http://192.88.99.1/',
  'http://198.18.0.1/',
  'http://198.19.255.255/',
  'http://198.51.100.1/',
  'http://203.0.113.9/',
  'http://224.0.0.1/',
  'http://240.0.0.1/',
  'http://255.255.255.255/',
  'http://[::]/',
  'http://[::1]/',
  'http://[0:0:0:0:0:0:0:1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[::ffff:7f00:1]/',
  'http://[::ffff:a00:1]/',
  'http://[::127.0.0.1]/',
  'http://[64:ff9b::7f00:1]/',
  'http://[64:ff9b::127.0.0.1]/',
  'http://[64:ff9b:1::a00:1]/',
  'http://[2002:7f00:1::]/',
  'http://[2001:0:7f00:1::]/',
  'http://[2001:db8::1]/',
  'http://[fe80::1]/',
  'http://[febf::1]/',
  'http://[fec0::1]/',
  'http://[fc00::1]/',
  'http://[fd12:3456:789a::1]/',
  'http://[ff02::1]/',
  'http://[100::1]/',
  'http://localhost/',
  'http://LOCALHOST./',
  'http://ｌｏｃａｌｈｏｓｔ/',
  'http://db.localhost/',
  'http://printer.local/',
  'http://metadata.google.internal/',
  'http://user@127.0.0.1/',
  'http://hooks.example.org@127.0.0.1/',
  'http://hooks.example.org:80@10.0.0.1/',
  'https://user:word@hooks.example.org/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:6379/_FLUSHALL',
  'ftp://192.168.0.1/',
  'data:text/plain,x',
  '//127.0.0.1/',
  'http://',
  'http:///',
  'http://[::1%25lo]/',
  'not an address',
];

describe('a place inside', () => {
  it.each(spellings)('is refused however it is spelled: %s', (url) => {
    expect(judgeWebhookUrl(url, open)).toHaveLength(1);
  });

  it('is refused before anything is connected, by name as well', async () => {
    let called = 0;
    const port = await listen((_request, response) => {
      called += 1;
      response.end();
    });
    const leadTo =
      (...addresses: string[]) =>
      async () =>
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const call = (host: string, addresses: readonly string[]) =>
      callWebhook({ url: `http://${host}:${port}/`, body: {}, secret: 's', delivery: 'd', now: new Date() }, open, leadTo(...addresses));
    await expect(call('hooks.example.org', ['127.0.0.1'])).rejects.toThrow('hooks.example.org, which leads to 127.0.0.1');
    await expect(call('hooks.example.org', ['93.184.216.34', '10.0.0.1'])).rejects.toThrow('leads to 10.0.0.1');
    await expect(call('hooks.example.org', ['::ffff:127.0.0.1'])).rejects.toThrow('leads to');
    await expect(call('hooks.example.org', [])).rejects.toThrow('got none');
    expect(called).toBe(0);
  });
});

it.each([
  'https://hooks.example.org/aimwell',
  'http://93.184.216.34:8080/x',
  'https://[2606:2800:220:1:248:1893:25c8:1946]/',
  'https://xn--bcher-kva.example/',
])('a place on the internet is taken: %s', (url) => expect(judgeWebhookUrl(url, open)).toEqual([]));

it.each(['8.8.8.8', '100.63.255.255', '100.128.0.1', '172.15.0.1', '172.32.0.1', '2a00:1450::1', '2001:4860::1'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
);
it.each(['', 'x', '1.2.3', 'fe80::1%eth0', '2a00::1%eth0', '::ffff:8.8.8.8'])('%s is not', (address) =>
  expect(isPublicAddress(address)).toBe(false),
);

it('resolves a name once: the address that was judged is the one that is called', async () => {
  const port = await listen((_request, response) => response.end());
  let asked = 0;
  const rebinding = async () => {
    asked += 1;
    return [{ address: asked === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
  };
  await callWebhook(
    { url: `http://rebinding.example.org:${port}/`, body: {}, secret: 's', delivery: 'd', now: new Date() },
    intranet,
    rebinding,
  );
  expect(asked).toBe(1);
  expect(await targetOf('http://93.184.216.34/', open, () => Promise.reject(new Error('not asked')))).toMatchObject({
    address: '93.184.216.34',
  });
});

describe('a call', () => {
  const call = (port: number, more: object = {}) =>
    callWebhook(
      {
        url: `http://hooks.example.org:${port}/in?x=1`,
        body: { size: 3 },
        secret: 'shared',
        delivery: 'message-1',
        now: new Date(1_700_000_000_500),
        ...more,
      },
      intranet,
      async () => [{ address: '127.0.0.1', family: 4 }],
    );

  it('carries JSON, a signature that the receiver can check, and the same delivery at every try', async () => {
    let seen: { headers: IncomingHttpHeaders; body: string; url: string | undefined } | undefined;
    const port = await listen((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        seen = { headers: request.headers, body: Buffer.concat(parts).toString(), url: request.url };
        response.writeHead(204).end();
      });
    });
    await call(port);
    expect(seen?.body).toBe('{"size":3}');
    expect(seen?.url).toBe('/in?x=1');
    expect(seen?.headers).toMatchObject({
      host: `hooks.example.org:${port}`,
      'aimwell-delivery': 'message-1',
      'content-type': 'application/json',
    });
    const expected = createHmac('sha256', 'shared').update('1700000000.{"size":3}').digest('hex');
    expect(seen?.headers['aimwell-signature']).toBe(`t=1700000000,v1=${expected}`);
  });

  it('does not follow a redirect', async () => {
    const paths: (string | undefined)[] = [];
    const port = await listen((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(call(port)).rejects.toThrow('got 302; redirects are not followed');
    expect(paths).toEqual(['/in?x=1']);
  });

  it('that is refused says the status', async () => {
    const port = await listen((_request, response) => response.writeHead(500).end('no'));
    await expect(call(port)).rejects.toThrow('expected an answer from 200 to 299, got 500');
  });

  it('reads no endless answer', async () => {
    let sent = 0;
    const port = await listen((_request, response) => {
      response.writeHead(200);
      const more = () => {
        sent += 16_384;
        if (!response.destroyed && response.write(Buffer.alloc(16_384))) setImmediate(more);
      };
      response.on('drain', more);
      more();
    });
    await call(port);
    expect(sent).toBeLessThan(16_000_000);
  });

  it('ends within its time where nobody answers', async () => {
    const port = await listen(() => undefined);
    await expect(call(port)).rejects.toThrow('within 10 seconds');
  }, 15_000);
});
