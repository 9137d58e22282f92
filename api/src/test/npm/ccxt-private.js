// ccxt's private watchers and its requests over the WebSocket API; only the hosts in its addresses are ours.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ccxt from 'ccxt';
import { Book, fee, fill, notional, text, units } from './money.js';

const SYMBOL = 'BTC/USDT';

/** Every address of a client, with our host. */
function moved(urls, baseUrl) {
  if (typeof urls === 'string') {
    const scheme = urls.startsWith('ws') ? baseUrl.replace(/^http/, 'ws') : baseUrl;
    return urls.replace(/^(https?|wss?):\/\/[^/]+/, scheme);
  }
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, moved(url, baseUrl)]));
}

export function socketExchange(venue, user, config = {}) {
  const client = new ccxt.pro.binance({
    apiKey: user?.apiKey,
    secret: user?.secretKey,
    options: { fetchMarkets: { types: ['spot'] }, defaultType: 'spot' },
    ...config,
  });
  client.urls.api = moved(client.urls.api, venue.baseUrl);
  return client;
}

/** Calls a watcher until what it gave fits; fails when it takes too long. */
async function until(watch, fits) {
  const seen = [];
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`never came; seen: ${JSON.stringify(seen)}`)), 20_000);
  });
  try {
    for (;;) {
      const value = await Promise.race([watch(), late]);
      seen.push(value.info ?? value.map?.((each) => each.info) ?? value);
      const found = Array.isArray(value) ? value.find(fits) : fits(value) && value;
      if (found) {
        return found;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

export function ccxtPrivateSuite(running) {
  let alice;
  let bob;
  let book;

  const settled = async () => book.check((await alice.privateGetAccount()).balances);

  before(async () => {
    const venue = running();
    alice = socketExchange(venue, venue.users.alice);
    bob = socketExchange(venue, venue.users.bob);
    // What ccxt asks of who opens ws:// instead of wss://.
    await alice.loadHttpProxyAgent();
    await bob.loadHttpProxyAgent();
    await alice.loadMarkets();
    await bob.loadMarkets();
    book = new Book((await alice.privateGetAccount()).balances);
  });

  after(async () => {
    await alice?.close();
    await bob?.close();
  });

  test('watches its orders, trades and balance through a fill', async () => {
    // ccxt subscribes on the first call of a watcher, which then waits for the first event.
    const opened = until(() => alice.watchOrders(SYMBOL), (order) => order.clientOrderId === 'pro-1');
    await alice.authenticate({ type: 'spot' });
    const placed = await alice.createOrderWs(SYMBOL, 'limit', 'sell', 0.5, 64000, { newClientOrderId: 'pro-1' });
    assert.equal(placed.status, 'open');
    assert.equal(placed.clientOrderId, 'pro-1');
    const order = await opened;
    assert.equal(order.id, placed.id);
    assert.equal(order.status, 'open');
    assert.equal(order.amount, 0.5);
    assert.equal(order.price, 64000);
    book.hold('BTC', units('0.5'));
    await settled();

    const filling = until(() => alice.watchOrders(SYMBOL), (each) => each.filled > 0);
    const trading = until(() => alice.watchMyTrades(SYMBOL), (trade) => trade.order === placed.id);
    const earning = until(() => alice.watchBalance(), (balance) => balance.USDT?.total > 1_000_000);
    const taken = await bob.createOrderWs(SYMBOL, 'market', 'buy', 0.2);
    assert.equal(taken.status, 'closed');
    assert.equal(taken.filled, 0.2);
    book.move(fill('SELL', '64000', '0.2', 'BTC', 'USDT'));
    book.hold('BTC', -units('0.2'));
    const filled = await filling;
    assert.equal(filled.status, 'open');
    assert.equal(filled.filled, 0.2);
    assert.equal(filled.remaining, 0.3);
    assert.equal(filled.average, 64000);
    const trade = await trading;
    assert.equal(trade.side, 'sell');
    assert.equal(trade.takerOrMaker, 'maker');
    assert.equal(trade.amount, 0.2);
    assert.equal(trade.cost, 12800);
    assert.equal(trade.info.n, text(fee(notional('64000', '0.2'))));
    assert.equal(trade.fee.currency, 'USDT');
    const balance = await earning;
    assert.equal(balance.BTC.used, 0.3);
    await settled();
  });

  test('asks for the same over the WebSocket API', async () => {
    const [open] = await alice.fetchOpenOrdersWs(SYMBOL);
    assert.equal(open.clientOrderId, 'pro-1');
    const found = await alice.fetchOrderWs(open.id, SYMBOL);
    assert.equal(found.filled, 0.2);
    assert.deepEqual((await alice.fetchOrdersWs(SYMBOL)).map((order) => order.id), [open.id]);
    assert.deepEqual(await alice.fetchClosedOrdersWs(SYMBOL), []);
    const trades = await alice.fetchMyTradesWs(SYMBOL);
    assert.deepEqual(trades.map((trade) => [trade.order, trade.amount]), [[open.id, 0.2]]);
    const balance = await alice.fetchBalanceWs();
    book.check(balance.info.balances ?? balance.info.result.balances);
    const recent = await alice.fetchTradesWs(SYMBOL);
    assert.deepEqual(recent.map((each) => each.amount), [0.2]);
    const candles = await alice.fetchOHLCVWs(SYMBOL, '1m');
    assert.equal(candles.at(-1)[4], 64000);
  });

  test('replaces and cancels, and is told so', async () => {
    const [open] = await alice.fetchOpenOrdersWs(SYMBOL);
    const gone = until(() => alice.watchOrders(SYMBOL), (order) => order.id === open.id && order.status === 'canceled');
    const edited = await alice.editOrderWs(open.id, SYMBOL, 'limit', 'sell', 0.1, 65000);
    assert.equal(edited.price, 65000);
    book.hold('BTC', -units('0.2'));
    assert.equal((await gone).filled, 0.2);
    await settled();
    const ended = until(() => alice.watchOrders(SYMBOL), (order) => order.id === edited.id && order.status === 'canceled');
    const canceled = await alice.cancelOrderWs(edited.id, SYMBOL);
    assert.equal(canceled.status, 'canceled');
    await ended;
    await alice.createOrderWs(SYMBOL, 'limit', 'buy', 0.1, 50000);
    await alice.createOrderWs(SYMBOL, 'limit', 'buy', 0.1, 50001);
    const all = await alice.cancelAllOrdersWs(SYMBOL);
    assert.deepEqual(all.map((order) => order.status), ['canceled', 'canceled']);
    book.hold('BTC', -units('0.1'));
    await settled();
  });

  test('is told what is wrong', async () => {
    await assert.rejects(alice.createOrderWs(SYMBOL, 'limit', 'buy', 100, 64000), ccxt.InsufficientFunds);
    await assert.rejects(alice.cancelOrderWs('999999999', SYMBOL), ccxt.OrderNotFound);
    const venue = running();
    const stranger = socketExchange(venue, { ...venue.users.alice, secretKey: 'x'.repeat(64) });
    try {
      await stranger.loadHttpProxyAgent();
      await assert.rejects(stranger.fetchBalanceWs(), ccxt.AuthenticationError);
    } finally {
      await stranger.close();
    }
    await settled();
  });
}
