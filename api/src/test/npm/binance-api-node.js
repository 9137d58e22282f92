// binance-api-node: the life of orders on BCHUSDT.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import binanceApiNode from 'binance-api-node';
import { Book, fee, fill, notional, text, units } from './money.js';

const Binance = binanceApiNode.default ?? binanceApiNode;
const symbol = 'BCHUSDT';

export function binanceApiNodeSuite(running) {
  let alice;
  let bob;
  const books = {};

  const account = async (client) => (await client.accountInfo()).balances;

  const settled = async () => {
    books.alice.check(await account(alice));
    books.bob.check(await account(bob));
  };

  const bobTook = (side, price, quantity) => {
    books.bob.move(fill(side, price, quantity, 'BCH', 'USDT'));
    books.alice.move(fill(side === 'BUY' ? 'SELL' : 'BUY', price, quantity, 'BCH', 'USDT'));
  };

  before(async () => {
    const { baseUrl, users } = running();
    const client = ({ apiKey, secretKey }) => Binance({ apiKey, apiSecret: secretKey, httpBase: baseUrl });
    alice = client(users.alice);
    bob = client(users.bob);
    books.alice = new Book(await account(alice));
    books.bob = new Book(await account(bob));
  });

  test('pings and reads exchange information', async () => {
    assert.equal(await alice.ping(), true);
    assert.ok(Math.abs((await alice.time()) - Date.now()) < 5_000);
    const info = await alice.exchangeInfo({ symbol });
    assert.equal(info.symbols[0].baseAsset, 'BCH');
  });

  test('places, queries, replaces and cancels', async () => {
    const placed = await alice.order({ symbol, side: 'SELL', quantity: '3', price: '400' });
    assert.equal(placed.status, 'NEW');
    assert.equal(placed.type, 'LIMIT');
    books.alice.hold('BCH', units('3'));
    await settled();
    const book = await alice.book({ symbol });
    assert.deepEqual(book.asks.map((ask) => ({ ...ask })), [{ price: '400.00000000', quantity: '3.00000000' }]);

    const taken = await bob.order({ symbol, side: 'BUY', type: 'MARKET', quantity: '1.25', useServerTime: true });
    assert.equal(taken.status, 'FILLED');
    bobTook('BUY', '400', '1.25');
    books.alice.hold('BCH', -units('1.25'));
    const byQuote = await bob.order({ symbol, side: 'BUY', type: 'MARKET', quoteOrderQty: '100' });
    assert.equal(byQuote.executedQty, '0.25000000');
    bobTook('BUY', '400', '0.25');
    books.alice.hold('BCH', -units('0.25'));
    await settled();

    const found = await alice.getOrder({ symbol, orderId: placed.orderId });
    assert.equal(found.executedQty, '1.50000000');
    const replaced = await alice.updateOrder({
      symbol,
      side: 'SELL',
      type: 'LIMIT',
      quantity: '2',
      price: '410',
      cancelOrderId: placed.orderId,
    });
    assert.equal(replaced.cancelResult, 'SUCCESS');
    books.alice.hold('BCH', units('0.5'));
    await settled();
    const canceled = await alice.cancelOrder({ symbol, orderId: replaced.newOrderResponse.orderId });
    assert.equal(canceled.status, 'CANCELED');
    books.alice.hold('BCH', -units('2'));
    await settled();
    await alice.orderTest({ symbol, side: 'SELL', quantity: '1', price: '410' });
    await settled();
  });

  test('lists orders and trades', async () => {
    const orders = await alice.allOrders({ symbol });
    assert.deepEqual(orders.map((order) => order.status), ['CANCELED', 'CANCELED']);
    const mine = await bob.myTrades({ symbol });
    assert.deepEqual(
      mine.map((trade) => [trade.qty, trade.quoteQty, trade.commission, trade.commissionAsset]),
      [
        ['1.25000000', text(notional('400', '1.25')), text(fee(units('1.25'))), 'BCH'],
        ['0.25000000', text(notional('400', '0.25')), text(fee(units('0.25'))), 'BCH'],
      ],
    );
    const recent = await bob.trades({ symbol });
    assert.deepEqual(recent.map((trade) => trade.qty), ['1.25000000', '0.25000000']);
    assert.equal((await bob.prices({ symbol }))[symbol], '400.00000000');
  });

  test('is told what is wrong', async () => {
    await assert.rejects(alice.order({ symbol, side: 'SELL', quantity: '600', price: '400' }), { code: -2010 });
    await assert.rejects(alice.order({ symbol, side: 'SELL', quantity: '1', price: '400.01' }), { code: -1013 });
    await assert.rejects(alice.cancelOrder({ symbol, orderId: 999_999_999 }), { code: -2011 });
    await settled();
  });
}
