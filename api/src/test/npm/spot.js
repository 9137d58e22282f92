// @binance/spot, the present official client: the life of orders on LTCUSDT.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Spot } from '@binance/spot';
import { Book, fee, fill, notional, text, units } from './money.js';

const symbol = 'LTCUSDT';

export function spotSuite(running) {
  let alice;
  let bob;
  const books = {};

  const data = async (request) => (await request).data();
  const account = async (client) => (await data(client.getAccount())).balances;

  const settled = async () => {
    books.alice.check(await account(alice));
    books.bob.check(await account(bob));
  };

  const bobTook = (side, price, quantity) => {
    books.bob.move(fill(side, price, quantity, 'LTC', 'USDT'));
    books.alice.move(fill(side === 'BUY' ? 'SELL' : 'BUY', price, quantity, 'LTC', 'USDT'));
  };

  const client = ({ apiKey, secretKey }) =>
    new Spot({ configurationRestAPI: { apiKey, apiSecret: secretKey, basePath: running().baseUrl } }).restAPI;

  before(async () => {
    const { users } = running();
    alice = client(users.alice);
    bob = client(users.bob);
    books.alice = new Book(await account(alice));
    books.bob = new Book(await account(bob));
  });

  test('reads time and exchange information', async () => {
    const { serverTime } = await data(alice.time());
    assert.ok(Math.abs(Number(serverTime) - Date.now()) < 5_000);
    const info = await data(alice.exchangeInfo({ symbol }));
    assert.equal(info.symbols[0].quoteAsset, 'USDT');
    assert.ok(info.symbols[0].filters.some((filter) => filter.filterType === 'NOTIONAL'));
  });

  test('places, amends, queries and cancels', async () => {
    const placed = await data(
      alice.newOrder({ symbol, side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', quantity: 10, price: 80.5 }),
    );
    assert.equal(placed.status, 'NEW');
    assert.equal(placed.price, '80.50000000');
    books.alice.hold('LTC', units('10'));
    await settled();

    const taken = await data(bob.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity: 2.5 }));
    assert.equal(taken.status, 'FILLED');
    assert.equal(taken.fills[0].commission, text(fee(units('2.5'))));
    bobTook('BUY', '80.5', '2.5');
    books.alice.hold('LTC', -units('2.5'));
    await settled();

    const amended = await data(
      alice.orderAmendKeepPriority({ symbol, orderId: placed.orderId, newQty: 6 }),
    );
    assert.equal(amended.amendedOrder.qty, '6.00000000');
    assert.equal(amended.amendedOrder.executedQty, '2.50000000');
    books.alice.hold('LTC', -units('4'));
    await settled();
    assert.deepEqual((await data(alice.depth({ symbol }))).asks, [['80.50000000', '3.50000000']]);

    const found = await data(alice.getOrder({ symbol, orderId: placed.orderId }));
    assert.equal(found.status, 'PARTIALLY_FILLED');
    assert.equal(found.origQty, '6.00000000');
    const canceled = await data(alice.deleteOrder({ symbol, orderId: placed.orderId }));
    assert.equal(canceled.status, 'CANCELED');
    books.alice.hold('LTC', -units('3.5'));
    await settled();
  });

  test('replaces, tests and cancels all', async () => {
    const old = await data(
      bob.newOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: 1, price: 70 }),
    );
    const replaced = await data(
      bob.orderCancelReplace({
        symbol,
        side: 'BUY',
        type: 'LIMIT_MAKER',
        cancelReplaceMode: 'STOP_ON_FAILURE',
        cancelOrderId: old.orderId,
        quantity: 2,
        price: 71,
        newOrderRespType: 'RESULT',
      }),
    );
    assert.equal(replaced.newOrderResponse.type, 'LIMIT_MAKER');
    books.bob.hold('USDT', notional('71', '2'));
    await settled();
    assert.deepEqual(
      await data(bob.orderTest({ symbol, side: 'BUY', type: 'LIMIT_MAKER', quantity: 1, price: 70 })),
      {},
    );
    assert.equal((await data(bob.getOpenOrders({ symbol }))).length, 1);
    assert.equal((await data(bob.deleteOpenOrders({ symbol })))[0].status, 'CANCELED');
    books.bob.hold('USDT', -notional('71', '2'));
    assert.deepEqual(await data(bob.getOpenOrders({ symbol })), []);
    await settled();
  });

  test('places an OCO whose other leg ends with the first fill', async () => {
    const oco = await data(
      alice.orderListOco({
        symbol,
        side: 'SELL',
        quantity: 5,
        aboveType: 'LIMIT_MAKER',
        abovePrice: 90,
        belowType: 'STOP_LOSS_LIMIT',
        belowPrice: 70,
        belowStopPrice: 71,
        belowTimeInForce: 'GTC',
      }),
    );
    books.alice.hold('LTC', units('5'));
    await settled();
    await data(bob.newOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'IOC', quantity: 1, price: 90 }));
    bobTook('BUY', '90', '1');
    books.alice.hold('LTC', -units('1'));
    await settled();
    const legs = await Promise.all(
      oco.orders.map((leg) => data(alice.getOrder({ symbol, orderId: leg.orderId }))),
    );
    assert.deepEqual(
      Object.fromEntries(legs.map((leg) => [leg.type, leg.status])),
      { LIMIT_MAKER: 'PARTIALLY_FILLED', STOP_LOSS_LIMIT: 'EXPIRED' },
    );
    await data(alice.deleteOpenOrders({ symbol }));
    books.alice.hold('LTC', -units('4'));
    await settled();
  });

  test('lists orders and trades', async () => {
    const orders = await data(alice.allOrders({ symbol }));
    assert.deepEqual(orders.map((order) => order.status).sort(), ['CANCELED', 'CANCELED', 'EXPIRED']);
    const mine = await data(alice.myTrades({ symbol }));
    assert.deepEqual(
      mine.map((trade) => [trade.price, trade.qty, trade.commission, trade.commissionAsset, trade.isMaker]),
      [
        ['80.50000000', '2.50000000', text(fee(notional('80.5', '2.5'))), 'USDT', true],
        ['90.00000000', '1.00000000', text(fee(notional('90', '1'))), 'USDT', true],
      ],
    );
    const recent = await data(alice.getTrades({ symbol }));
    assert.deepEqual(recent.map((trade) => trade.qty), ['2.50000000', '1.00000000']);
    const ticker = await data(alice.tickerBookTicker({ symbol }));
    assert.equal(ticker.symbol, symbol);
  });

  test('is told what is wrong', async () => {
    await assert.rejects(
      alice.newOrder({ symbol, side: 'SELL', type: 'LIMIT', timeInForce: 'GTC', quantity: 100_000, price: 80 }),
      /insufficient balance/,
    );
    await assert.rejects(alice.deleteOrder({ symbol, orderId: 999_999_999 }), /Unknown order sent/);
    await settled();
  });
}
