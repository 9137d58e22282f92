// A venue as `./fondaco up` gives it: books move by themselves, and a client trades against them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { exchange } from './ccxt.js';
import { Book, fill, units } from './money.js';
import { eventually, Venue } from './venue.js';

describe('a venue with its simulator', () => {
  let venue;
  let alice;

  before(async () => {
    venue = await Venue.start();
    alice = exchange(venue, venue.users.alice);
    await alice.loadMarkets();
  });

  after(async () => {
    await venue?.stop();
  });

  test('says what it is, and to whom it belongs', () => {
    assert.match(venue.output, /THIS IS A DEMO VENUE/);
    const roles = Object.values(venue.users).map((user) => `${user.name} ${user.role}`);
    for (const expected of [
      'alice trader',
      'bob trader',
      'carol trader',
      'dealer dealer',
      'administrator administrator',
      'auditor auditor',
      'maker trader',
    ]) {
      assert.ok(roles.includes(expected), expected);
    }
    for (const user of Object.values(venue.users)) {
      assert.ok(venue.output.includes(user.apiKey) && venue.output.includes(user.secretKey));
      assert.ok(user.email && user.password);
    }
  });

  test('quotes every market on both sides, and moves', async () => {
    for (const symbol of Object.keys(alice.markets)) {
      const book = await eventually(`a full book of ${symbol}`, async () => {
        const present = await alice.fetchOrderBook(symbol);
        return present.bids.length >= 5 && present.asks.length >= 5 && present;
      });
      assert.ok(book.bids[0][0] < book.asks[0][0], `${symbol} is crossed`);
      await eventually(`a new book of ${symbol}`, async () => (await alice.fetchOrderBook(symbol)).nonce > book.nonce);
      await eventually(`a trade of ${symbol}`, async () => (await alice.publicGetTrades({ symbol: alice.market(symbol).id })).length > 0);
    }
  });

  test('a customer buys at once, to the unit', async () => {
    const before = new Book((await alice.privateGetAccount()).balances);
    const order = await alice.createOrder('BTC/USDT', 'market', 'buy', 0.05);
    assert.equal(order.status, 'closed');
    let bought = 0n;
    for (const part of order.info.fills) {
      before.move(fill('BUY', part.price, part.qty, 'BTC', 'USDT'));
      bought += units(part.qty);
    }
    assert.equal(bought, units('0.05'));
    before.check((await alice.privateGetAccount()).balances);
  });

  test("a customer's better quote is taken", async () => {
    const { bids } = await alice.fetchOrderBook('LTC/USDT');
    const order = await alice.createOrder('LTC/USDT', 'limit', 'sell', 0.1, bids[0][0] + 0.01);
    await eventually('somebody takes it', async () => (await alice.fetchOrder(order.id, 'LTC/USDT')).status === 'closed', 60);
  });
});
