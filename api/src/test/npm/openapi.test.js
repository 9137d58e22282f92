// A generator that we did not write reads the OpenAPI document, and the types that it makes fit real calls.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { Venue } from './venue.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));

// What a client would write; `tsc` must agree with the document, and refuse what the document does not allow.
const CLIENT = `
import type { paths } from './fondaco.js';
type Body<P extends keyof paths, M extends keyof paths[P]> =
  paths[P][M] extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;
type Query<P extends keyof paths, M extends keyof paths[P]> =
  paths[P][M] extends { parameters: { query?: infer Q } } ? Q : never;

const registration: Body<'/v1/registration', 'post'> = { email: 'a@b.org', name: 'abc', password: 'x' };
const signIn: Body<'/v1/session', 'post'> = { email: 'a@b.org', password: 'x', totp: '123456' };
const adjustment: Body<'/admin/v1/adjustments', 'post'> =
  { account: 1000, asset: 'BTC', amount: '-1.5', reason: 'test' };
const role: Body<'/admin/v1/users/{userId}/role', 'put'> = { role: 'AUDITOR' };
const depth: Query<'/api/v3/depth', 'get'> = { symbol: 'BTCUSDT', limit: 5 };
const order: Query<'/api/v3/order', 'post'> =
  { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', timestamp: 1, signature: 'x' };
// @ts-expect-error a password is mandatory
const incomplete: Body<'/v1/session', 'post'> = { email: 'a@b.org' };
// @ts-expect-error there is no such role
const wrong: Body<'/admin/v1/users/{userId}/role', 'put'> = { role: 'EMPEROR' };
export { registration, signIn, adjustment, role, depth, order, incomplete, wrong };
`;

let venue;
before(async () => {
  venue = await Venue.start('--no-simulator');
});
after(() => venue?.stop());

test('the OpenAPI document makes types that compile', async () => {
  const answer = await fetch(`${venue.baseUrl}/v3/api-docs`);
  assert.equal(answer.status, 200);
  const document = await answer.json();
  const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
  assert.equal(new Set(operations.map((operation) => operation.operationId)).size, operations.length);
  for (const prefix of ['/api/v3/', '/sapi/', '/v1/', '/admin/v1/']) {
    assert.ok(Object.keys(document.paths).some((path) => path.startsWith(prefix)), prefix);
  }
  for (const operation of operations) {
    for (const requirement of operation.security ?? []) {
      for (const scheme of Object.keys(requirement)) {
        assert.ok(document.components.securitySchemes[scheme], scheme);
      }
    }
  }
  const types = astToString(await openapiTypescript(document));
  const folder = await mkdtemp(join(HERE, 'generated-'));
  try {
    await writeFile(join(folder, 'fondaco.ts'), types);
    await writeFile(join(folder, 'client.ts'), CLIENT);
    const tsc = spawnSync(
      process.execPath,
      [join(HERE, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022',
        '--module', 'nodenext', join(folder, 'client.ts')],
      { encoding: 'utf8' },
    );
    assert.equal(tsc.status, 0, tsc.stdout + tsc.stderr);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a person registers, signs in and trades nothing of others, by fetch alone', async () => {
  const jar = new Map();
  async function call(method, path, body) {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') };
    if (method !== 'GET') {
      headers['x-xsrf-token'] = jar.get('XSRF-TOKEN') ?? '';
    }
    if (body) {
      headers['content-type'] = 'application/json';
    }
    const answer = await fetch(venue.baseUrl + path, { method, headers, body: body && JSON.stringify(body) });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split('=');
      jar.set(name, value);
    }
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.json() };
  }
  const user = { email: 'nina@example.org', name: 'nina', password: 'three boats and a bridge' };
  assert.equal((await call('POST', '/v1/registration', user)).body.code, -8005);
  assert.equal((await call('GET', '/v1/session')).body.signedIn, false);
  assert.equal((await call('POST', '/v1/registration', user)).status, 201);
  assert.equal((await call('POST', '/v1/session', { email: user.email, password: user.password })).status, 200);
  assert.equal((await call('GET', '/v1/account')).body.name, 'nina');
  const refused = await call('GET', '/admin/v1/users');
  assert.equal(refused.status, 403);
  assert.equal(refused.type, 'application/problem+json');
});
