import { expect, it } from 'vitest';
import { createApp } from './app.ts';
import { safeHeaders } from './safe-headers.ts';

const answers = async (publicUrl: string) => {
  const app = await createApp({ publicUrl, maxUploadBytes: 1000 });
  app.get('/here', async () => 'here');
  app.get('/own', async (_request, reply) => reply.header('content-security-policy', 'sandbox').send('own'));
  app.post('/here', async () => 'here');
  return async (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}) =>
    (await app.inject({ method, url, headers })).headers;
};

it('stand on every answer, also on what is refused or not there', async () => {
  const ask = await answers('http://127.0.0.1:4600');
  const always = safeHeaders('http://127.0.0.1:4600');
  expect(always).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'SAMEORIGIN', 'referrer-policy': 'no-referrer' });
  expect(always['content-security-policy']).toContain("script-src 'self';");
  expect(await ask('GET', '/here')).toMatchObject(always);
  expect(await ask('GET', '/nowhere')).toMatchObject(always);
  expect(await ask('POST', '/here', { origin: 'http://elsewhere.example' })).toMatchObject(always);
  expect(await ask('GET', '/own')).toMatchObject({ ...always, 'content-security-policy': 'sandbox' });
});

it('ask for TLS where the address has it, and there alone', async () => {
  expect(safeHeaders('https://aims.example.org')).toHaveProperty('strict-transport-security');
  expect(safeHeaders('https://aims.example.org')['content-security-policy']).toContain('upgrade-insecure-requests');
  expect(safeHeaders('http://127.0.0.1:4600')).not.toHaveProperty('strict-transport-security');
  expect(safeHeaders('http://127.0.0.1:4600')['content-security-policy']).not.toContain('upgrade-insecure-requests');
});
