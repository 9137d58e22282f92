// Public streams through three clients that know nothing of us: ccxt's watchers, @binance/connector, binance-api-node.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { WebsocketStream } from '@binance/connector';
import binanceApiNode from 'binance-api-node';
import { exchange } from './ccxt.js';
import { socketExchange } from './ccxt-private.js';
import { Venue } from './venue.js';

const Binance = binanceApiNode.default ?? binanceApiNode;
const SYMBOL = 'LTC/USDT';
const WAIT = 30_000;

/** Calls a watcher until what it gave fits; fails when it takes too long. */
async function until(what, watch, fits) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`never came: ${what}`)), WAIT);
  });
  try {
    for (;;) {
      const value = await Promise.race([watch(), late]);
      if (fits(value)) {
        return value;
      }
    }
  } finally {
    clearTimeout(timer);
  }
}

describe('public streams', () => {
  let venue;
  let alice;
  let bob;
  let trading;
  let stopping = false;

  /** Trades and moves the book all the time, so that every stream has something to say. */
  async function trade() {
    for (let i = 0; !stopping; i++) {
      const price = 80 + (i % 5);
      await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, price);
      await bob.createOrder(SYMBOL, 'limit', 'buy', 0.1, price);
      const resting = await bob.createOrder(SYMBOL, 'limit', 'buy', 1, 60 + (i % 7));
      await new Promise((resolve) => setTimeout(resolve, 150));
      await bob.cancelOrder(resting.id, SYMBOL);
    }
  }

  before(async () => {
    venue = await Venue.start('--no-simulator');
    alice = exchange(venue, venue.users.alice);
    bob = exchange(venue, venue.users.bob);
    await Promise.all([alice.loadMarkets(), bob.loadMarkets()]);
    await alice.createOrder(SYMBOL, 'limit', 'sell', 2, 99);
    await bob.createOrder(SYMBOL, 'limit', 'buy', 2, 55);
    trading = trade();
  });

  after(async () => {
    stopping = true;
    await trading;
    await venue?.stop();
  });

  test('ccxt watches book, trades, tickers, candles, bids and asks', async () => {
    const client = socketExchange(venue, null);
    await client.loadHttpProxyAgent();
    try {
      let updates = 0;
      const book = await until('book', () => client.watchOrderBook(SYMBOL), () => ++updates > 20);
      assert.equal(book.asks.at(-1)[0], 99);
      assert.equal(book.bids.at(-1)[0], 55);
      const trades = await until('trades', () => client.watchTrades(SYMBOL), (each) => each.length > 0);
      assert.equal(trades[0].amount, 0.1);
      assert.equal(trades[0].side, 'buy');
      const ticker = await until('ticker', () => client.watchTicker(SYMBOL), (each) => each.baseVolume > 0.3);
      assert.equal(ticker.low, 80);
      const tickers = await until('tickers', () => client.watchTickers([SYMBOL]), (each) => each[SYMBOL]);
      assert.ok(tickers[SYMBOL].last >= 80);
      const candles = await until('candles', () => client.watchOHLCV(SYMBOL, '1m'), (each) => each.length > 0);
      assert.ok(candles.at(-1)[5] > 0);
      const best = await until('bids and asks', () => client.watchBidsAsks([SYMBOL]), (each) => each[SYMBOL]);
      assert.ok(best[SYMBOL].bid < best[SYMBOL].ask);
    } finally {
      await client.close();
    }
  });

  test('@binance/connector subscribes, lives and unsubscribes', async () => {
    const heard = new Map();
    let answer;
    let wake = () => {};
    const client = new WebsocketStream({
      wsURL: venue.baseUrl.replace(/^http/, 'ws'),
      combinedStreams: true,
      logger: { ...console, debug() {}, info() {} },
      callbacks: {
        message: (data) => {
          const message = JSON.parse(data);
          if (message.stream) {
            heard.set(message.stream, message.data);
          } else {
            answer = message;
          }
          wake();
        },
      },
    });
    const next = () => new Promise((resolve) => (wake = resolve));
    try {
      client.aggTrade('ltcusdt');
      await until('aggTrade', next, () => heard.has('ltcusdt@aggTrade'));
      client.kline('ltcusdt', '1m');
      client.partialBookDepth('ltcusdt', '5', '100ms');
      client.diffBookDepth('ltcusdt', '100ms');
      const all = ['ltcusdt@kline_1m', 'ltcusdt@depth5@100ms', 'ltcusdt@depth@100ms'];
      await until('all', next, () => all.every((name) => heard.has(name)));
      assert.equal(heard.get('ltcusdt@kline_1m').k.i, '1m');
      assert.equal(heard.get('ltcusdt@depth5@100ms').asks[0][0].split('.').length, 2);
      assert.equal(answer.result, null);
    } finally {
      client.disconnect();
    }
  });

  test('binance-api-node hears its public streams', async () => {
    const client = Binance({ httpBase: venue.baseUrl, wsBase: `${venue.baseUrl.replace(/^http/, 'ws')}/ws` });
    const first = (open) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`never heard: ${open}`)), WAIT);
        const close = open((event) => {
          clearTimeout(timer);
          close();
          resolve(event);
        });
      });
    const trade = await first((on) => client.ws.trades(['LTCUSDT'], on));
    assert.equal(trade.symbol, 'LTCUSDT');
    assert.equal(trade.quantity, '0.10000000');
    const depth = await first((on) => client.ws.depth('LTCUSDT', on));
    assert.ok(depth.finalUpdateId >= depth.firstUpdateId);
    const partial = await first((on) => client.ws.partialDepth({ symbol: 'LTCUSDT', level: 5 }, on));
    assert.equal(partial.asks.at(-1).price, '99.00000000');
    const candle = await first((on) => client.ws.candles('LTCUSDT', '1m', on));
    assert.equal(candle.interval, '1m');
    const ticker = await first((on) => client.ws.ticker('LTCUSDT', on));
    assert.equal(ticker.low, '80.00000000');
    const aggregate = await first((on) => client.ws.aggTrades(['LTCUSDT'], on));
    assert.equal(aggregate.quantity, '0.10000000');
  });
});
