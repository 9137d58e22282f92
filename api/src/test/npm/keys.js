// Key pairs that Node made, uploaded over the venue's own REST, and requests that unmodified clients sign with them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { PrivateKeyAlgo, Spot as Connector } from '@binance/connector';
import { Spot } from '@binance/spot';
import { exchange } from './ccxt.js';

const order = { symbol: 'BTCUSDT', side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001' };

/** Signs in as a person does, to upload public keys. */
async function signIn({ baseUrl }, { email, password }) {
  const cookies = new Map();
  const send = async (method, path, body) => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'X-XSRF-TOKEN': cookies.get('XSRF-TOKEN') ?? '',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [name, value] = cookie.split(';')[0].split('=');
      cookies.set(name, value);
    }
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  await send('GET', '/v1/session');
  await send('POST', '/v1/session', { email, password });
  return send;
}

export function keysSuite(running) {
  const pem = { type: 'spki', format: 'pem' };
  const pkcs8 = { type: 'pkcs8', format: 'pem' };
  const pairs = {
    RSA: generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: pem, privateKeyEncoding: pkcs8 }),
    ED25519: generateKeyPairSync('ed25519', { publicKeyEncoding: pem, privateKeyEncoding: pkcs8 }),
  };
  const keys = {};
  let send;

  const upload = async (publicKey, permissions = 'USER_DATA,TRADE', addresses) =>
    send('POST', '/v1/api-keys', { label: 'npm', permissions, publicKey, ...(addresses ? { addresses } : {}) });

  before(async () => {
    send = await signIn(running(), running().users.alice);
    for (const [type, { publicKey }] of Object.entries(pairs)) {
      keys[type] = await upload(publicKey);
      assert.equal(keys[type].type, type);
      assert.equal(keys[type].secretKey, undefined);
    }
  });

  for (const [type, { privateKey }] of Object.entries(pairs)) {
    test(`ccxt places and cancels with an ${type} key`, async () => {
      const client = exchange(running(), { apiKey: keys[type].apiKey, secretKey: privateKey });
      const balance = await client.fetchBalance();
      assert.ok(balance.USDT.total > 0);
      const placed = await client.createOrder('BTC/USDT', 'limit', 'buy', 0.001, 20000);
      assert.equal(placed.status, 'open');
      assert.equal((await client.cancelOrder(placed.id, 'BTC/USDT')).status, 'canceled');
      const wrong = exchange(running(), { apiKey: keys[type].apiKey, secretKey: otherPrivateKey(type) });
      await assert.rejects(wrong.fetchBalance(), /-1022/);
    });

    test(`@binance/connector places and cancels with an ${type} key`, async () => {
      const client = new Connector(keys[type].apiKey, '', {
        baseURL: running().baseUrl,
        privateKey,
        privateKeyAlgo: PrivateKeyAlgo[type],
      });
      const { data } = await client.newOrder('BTCUSDT', 'BUY', 'LIMIT', {
        timeInForce: 'GTC',
        quantity: 0.001,
        price: 20000,
      });
      assert.equal(data.status, 'NEW');
      assert.equal((await client.cancelOrder('BTCUSDT', { orderId: data.orderId })).data.status, 'CANCELED');
    });

    test(`@binance/spot places and cancels with an ${type} key`, async () => {
      const client = new Spot({
        configurationRestAPI: { apiKey: keys[type].apiKey, privateKey, basePath: running().baseUrl },
      }).restAPI;
      const placed = await (await client.newOrder({ ...order, price: '20000' })).data();
      assert.equal(placed.status, 'NEW');
      const counts = await (await client.rateLimitOrder()).data();
      assert.ok(counts[1].count >= 1);
      const canceled = await (await client.deleteOrder({ symbol: 'BTCUSDT', orderId: placed.orderId })).data();
      assert.equal(canceled.status, 'CANCELED');
    });
  }

  const otherPrivateKey = (type) =>
    type === 'RSA'
      ? generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: pem, privateKeyEncoding: pkcs8 }).privateKey
      : generateKeyPairSync('ed25519', { publicKeyEncoding: pem, privateKeyEncoding: pkcs8 }).privateKey;

  test('@binance/spot signs with a key of 4096 bits under a passphrase, made by openssl', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fondaco-openssl-'));
    try {
      const file = join(folder, 'key.pem');
      const openssl = (...args) => execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096', '-aes256', '-pass', 'pass:quiet', '-out', file);
      const { apiKey } = await upload(openssl('pkey', '-in', file, '-passin', 'pass:quiet', '-pubout'));
      const client = new Spot({
        configurationRestAPI: {
          apiKey,
          privateKey: readFileSync(file, 'utf8'),
          privateKeyPassphrase: 'quiet',
          basePath: running().baseUrl,
        },
      }).restAPI;
      const commission = await (await client.accountCommission({ symbol: 'BTCUSDT' })).data();
      assert.equal(commission.symbol, 'BTCUSDT');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('ccxt sees what the wallet has, and moves nothing without permission', async () => {
    const client = exchange(running(), { apiKey: keys.ED25519.apiKey, secretKey: pairs.ED25519.privateKey });
    assert.equal((await client.fetchStatus()).status, 'ok');
    const currencies = await client.fetchCurrencies();
    assert.equal(currencies.BTC.info.depositAllEnable, true);
    const fee = await client.fetchTradingFee('BTC/USDT');
    assert.ok(fee.maker >= 0 && fee.taker > 0);
    assert.ok('ETH/USDT' in (await client.fetchTradingFees()));
    assert.deepEqual(await client.fetchDeposits('BTC'), []);
    assert.match((await client.fetchDepositAddress('BTC')).address, /^bcrt1q/);
    assert.deepEqual(await client.fetchWithdrawals('BTC'), []);
    await assert.rejects(client.withdraw('BTC', 1, 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'), /-2015/);
  });

  test('a key that names another address, and one that is revoked, are refused', async () => {
    const { publicKey, privateKey } = pairs.ED25519;
    const elsewhere = await upload(publicKey, 'USER_DATA', '198.51.100.0/24');
    const client = (apiKey) => exchange(running(), { apiKey, secretKey: privateKey });
    await assert.rejects(client(elsewhere.apiKey).fetchBalance(), /-2015/);
    const here = await upload(publicKey, 'USER_DATA', '127.0.0.1,::1');
    assert.ok((await client(here.apiKey).fetchBalance()).USDT.total > 0);
    await assert.rejects(client(here.apiKey).createOrder('BTC/USDT', 'limit', 'buy', 0.001, 20000), /-2015/);
    await send('DELETE', `/v1/api-keys/${here.apiKey}`);
    await assert.rejects(client(here.apiKey).fetchBalance(), /-2015/);
  });
}
