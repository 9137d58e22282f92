// Deposits and withdrawals through unmodified clients; WalletClientsTest starts the venue and names it in the environment.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import ccxt from 'ccxt';
import { Spot } from '@binance/connector';
import { exchange } from './ccxt.js';

const { VENUE, API_KEY, SECRET_KEY, FOREIGN } = process.env;
const venue = { baseUrl: VENUE };
const user = { apiKey: API_KEY, secretKey: SECRET_KEY };

describe('ccxt', () => {
  let client;

  before(async () => {
    client = exchange(venue, user);
    await client.loadMarkets();
  });

  test('fetchCurrencies tells networks, fees, minimums and steps', async () => {
    const { BTC, USDT } = await client.fetchCurrencies();
    assert.equal(BTC.deposit, true);
    assert.equal(BTC.withdraw, true);
    assert.equal(BTC.networks.BTC.fee, 0.00005);
    assert.equal(BTC.networks.BTC.limits.withdraw.min, 0.00015);
    assert.equal(BTC.networks.BTC.precision, 1e-8);
    assert.equal(USDT.networks.ERC20.precision, 1e-6);
    assert.equal(USDT.networks.ERC20.fee, 1);
    const fees = await client.fetchDepositWithdrawFees(['BTC']);
    assert.equal(fees.BTC.withdraw.fee, 0.00005);
  });

  test('fetchDepositAddress gives the same address again', async () => {
    const bitcoin = await client.fetchDepositAddress('BTC');
    assert.match(bitcoin.address, /^bcrt1q/);
    assert.equal(bitcoin.currency, 'BTC');
    assert.equal(bitcoin.tag, undefined);
    assert.equal((await client.fetchDepositAddress('BTC', { network: 'BTC' })).address, bitcoin.address);
    const token = await client.fetchDepositAddress('USDT', { network: 'ERC20' });
    assert.equal(token.address, (await client.fetchDepositAddress('ETH')).address);
    await assert.rejects(client.fetchDepositAddress('BTC', { network: 'ERC20' }), /-4018/);
  });

  test('fetchDeposits tells where each stands', async () => {
    const deposits = await client.fetchDeposits('BTC');
    assert.deepEqual(
      deposits.map((deposit) => [deposit.amount, deposit.status, deposit.network]).sort(),
      [
        [0.5, 'ok', 'BTC'],
        [3, 'pending', 'BTC'],
      ],
    );
    const [pending] = deposits.filter((deposit) => deposit.status === 'pending');
    assert.equal(pending.info.confirmTimes, '2/6');
    assert.equal(pending.txid.length, 64);
    assert.ok(Math.abs(pending.timestamp - Date.now()) < 600_000);
    const recent = await client.fetchDeposits('BTC', Date.now() - 3_600_000, 1);
    assert.equal(recent.length, 1);
    assert.deepEqual(await client.fetchDeposits('USDT'), []);
  });

  test('withdraw holds the funds, fetchWithdrawals tells the rest', async () => {
    const before = (await client.fetchBalance()).BTC;
    const made = await client.withdraw('BTC', 0.25, FOREIGN, undefined, { withdrawOrderId: 'ccxt-1' });
    assert.ok(made.id);
    const [found] = await client.fetchWithdrawals('BTC', undefined, 1);
    assert.equal(found.id, made.id);
    assert.equal(found.amount, 0.24995);
    assert.deepEqual(found.fee, { currency: 'BTC', cost: 0.00005 });
    assert.equal(found.status, 'pending');
    assert.equal(found.address, FOREIGN);
    assert.equal(found.internal, false);
    assert.ok(Math.abs(found.timestamp - Date.now()) < 600_000);
    const after = (await client.fetchBalance()).BTC;
    assert.equal(after.free, Number((before.free - 0.25).toFixed(8)));
    const again = await client.withdraw('BTC', 0.25, FOREIGN, undefined, { withdrawOrderId: 'ccxt-1' });
    assert.equal(again.id, made.id);
    assert.equal((await client.fetchBalance()).BTC.free, after.free);
    const [since] = await client.fetchWithdrawals('BTC', Date.now() - 3_600_000);
    assert.equal(since.id, made.id);
  });

  // ccxt knows the codes of /sapi by Binance's host name only, so they are looked for in its message.
  test('is told what is wrong', async () => {
    await assert.rejects(client.withdraw('BTC', 1_000_000, FOREIGN), ccxt.InsufficientFunds);
    await assert.rejects(client.withdraw('BTC', 1, 'nonsense'), /-4033/);
    await assert.rejects(client.withdraw('BTC', 0.0001, FOREIGN), /-4022/);
    await assert.rejects(client.withdraw('BTC', 1, FOREIGN, undefined, { network: 'ERC20' }), /-4018/);
  });
});

describe('@binance/connector', () => {
  const client = new Spot(API_KEY, SECRET_KEY, { baseURL: VENUE });

  test('asks for the same', async () => {
    const coins = (await client.coinInfo()).data;
    assert.equal(coins.find((coin) => coin.coin === 'BTC').networkList[0].minConfirm, 2);
    const { address } = (await client.depositAddress('BTC')).data;
    assert.match(address, /^bcrt1q/);
    assert.equal((await client.depositHistory({ coin: 'BTC', status: 1 })).data.length, 1);
    const { id } = (await client.withdraw('BTC', FOREIGN, 0.1, { withdrawOrderId: 'connector-1' })).data;
    const [withdrawal] = (await client.withdrawHistory({ withdrawOrderId: 'connector-1' })).data;
    assert.equal(withdrawal.id, id);
    assert.equal(withdrawal.amount, '0.09995000');
    await assert.rejects(client.withdraw('BTC', FOREIGN, 1_000_000), (error) => error.response.data.code === -4026);
  });
});
