// ccxt reads the market data of a venue on which two users trade: every number is known beforehand.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exchange } from './ccxt.js';
import { Venue } from './venue.js';

const SYMBOL = 'LTC/USDT';
const TRADES = [
  ['80.00', '0.5'],
  ['82.00', '1.5'],
  ['79.50', '0.25'],
  ['81.00', '1'],
];

describe('ccxt reads market data', () => {
  let venue;
  let client;
  let alice;
  let began;

  before(async () => {
    venue = await Venue.start('--no-simulator');
    client = exchange(venue, null);
    alice = exchange(venue, venue.users.alice);
    const bob = exchange(venue, venue.users.bob);
    await Promise.all([client, alice, bob].map((each) => each.loadMarkets()));
    began = await client.fetchTime();
    for (const [price, amount] of TRADES) {
      // Two makers at one price: two trades, one aggregate.
      await alice.createOrder(SYMBOL, 'limit', 'sell', Number(amount), Number(price));
      await alice.createOrder(SYMBOL, 'limit', 'sell', Number(amount), Number(price));
      await bob.createOrder(SYMBOL, 'limit', 'buy', 2 * Number(amount), Number(price));
    }
    await alice.createOrder(SYMBOL, 'limit', 'sell', 1, 90);
    await bob.createOrder(SYMBOL, 'limit', 'buy', 2, 70);
  });

  after(async () => {
    await venue?.stop();
  });

  test('fetchOHLCV, of every timeframe', async () => {
    for (const timeframe of Object.keys(client.timeframes)) {
      const candles = await client.fetchOHLCV(SYMBOL, timeframe);
      const traded = candles.filter((candle) => candle[5] > 0);
      const volume = traded.reduce((sum, candle) => sum + candle[5], 0);
      assert.equal(volume, 6.5, timeframe);
      assert.equal(traded[0][1], 80, timeframe);
      assert.equal(traded.at(-1)[4], 81, timeframe);
      assert.equal(Math.max(...traded.map((candle) => candle[2])), 82, timeframe);
      assert.equal(Math.min(...traded.map((candle) => candle[3])), 79.5, timeframe);
      candles.reduce((one, next) => {
        assert.ok(one[0] < next[0], 'ascending');
        return next;
      });
    }
    const day = await client.fetchOHLCV(SYMBOL, '1d', 0, 10, { timeZone: '+08:00' });
    assert.equal((day[0][0] / 3_600_000 + 8) % 24, 0, 'a day of Singapore begins at its midnight');
    assert.deepEqual(await client.fetchOHLCV('ETH/BTC', '1m', 0), []);
    // The second of the first trade may have begun before the time that was asked for.
    const until = began + 3_600_000;
    const since = await client.fetchOHLCV(SYMBOL, '1s', began - 1000, 5, { until });
    assert.ok(since.length > 0 && since.length <= 5);
    assert.ok(since[0][0] >= began - 1000);
    assert.equal(since[0][1], 80);
  });

  test('fetchTicker and fetchTickers, of 24 hours, of a day and of a window', async () => {
    const ticker = await client.fetchTicker(SYMBOL);
    const quote = TRADES.reduce((sum, [price, amount]) => sum + 2 * price * amount, 0);
    assert.equal(ticker.open, 80);
    assert.equal(ticker.high, 82);
    assert.equal(ticker.low, 79.5);
    assert.equal(ticker.last, 81);
    assert.equal(ticker.change, 1);
    assert.equal(ticker.percentage, 1.25);
    assert.equal(ticker.bid, 70);
    assert.equal(ticker.bidVolume, 2);
    assert.equal(ticker.ask, 90);
    assert.equal(ticker.askVolume, 1);
    assert.equal(ticker.baseVolume, 6.5);
    assert.equal(ticker.quoteVolume, quote);
    assert.equal(ticker.vwap, Number((quote / 6.5).toFixed(8)));
    assert.equal(ticker.info.count, 8);
    const all = await client.fetchTickers();
    assert.deepEqual(Object.keys(all).sort(), Object.keys(client.markets).sort());
    assert.equal(all[SYMBOL].last, 81);
    assert.equal(all['ETH/BTC'].info.firstId, -1);
    const some = await client.fetchTickers([SYMBOL, 'BTC/USDT']);
    assert.deepEqual(Object.keys(some).sort(), ['BTC/USDT', SYMBOL]);
    for (const method of ['publicGetTicker', 'publicGetTickerTradingDay']) {
      const raw = await client[method]({ symbol: 'LTCUSDT' });
      assert.equal(raw.volume, '6.50000000', method);
      assert.equal(raw.weightedAvgPrice, (quote / 6.5).toFixed(8), method);
      assert.equal(raw.count, 8, method);
    }
  });

  test('fetchTrades, aggregated and one by one', async () => {
    const aggregated = await client.fetchTrades(SYMBOL);
    assert.deepEqual(
      aggregated.map((trade) => [trade.price, trade.amount, trade.side]),
      TRADES.map(([price, amount]) => [Number(price), 2 * Number(amount), 'buy']),
    );
    assert.deepEqual(aggregated.map((trade) => trade.id), ['0', '1', '2', '3']);
    const since = await client.fetchTrades(SYMBOL, began, 2);
    assert.deepEqual(since.map((trade) => trade.id), ['0', '1']);
    for (const fetchTradesMethod of ['publicGetTrades', 'publicGetHistoricalTrades']) {
      // ccxt wants a key for old trades, as Binance once did.
      const single = await alice.fetchTrades(SYMBOL, undefined, 1000, { fetchTradesMethod });
      assert.equal(single.length, 8, fetchTradesMethod);
      assert.ok(single.every((trade) => trade.cost === trade.price * trade.amount));
    }
    const old = await alice.publicGetHistoricalTrades({ symbol: 'LTCUSDT', fromId: 6, limit: 5 });
    assert.deepEqual(old.map((trade) => Number(trade.id)), [6, 7]);
  });

  test('fetchBidsAsks, fetchLastPrices and the average price', async () => {
    const best = await client.fetchBidsAsks([SYMBOL]);
    assert.equal(best[SYMBOL].bid, 70);
    assert.equal(best[SYMBOL].ask, 90);
    const last = await client.fetchLastPrices([SYMBOL]);
    assert.equal(last[SYMBOL].price, 81);
    const average = await client.publicGetAvgPrice({ symbol: 'LTCUSDT' });
    assert.equal(average.mins, 5);
    assert.ok(Number(average.price) > 79 && Number(average.price) < 82);
  });
});
