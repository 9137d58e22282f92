// @binance/connector, the older official client: the life of orders on ETHUSDT.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Spot } from '@binance/connector';
import { Book, fee, fill, notional, text, units } from './money.js';

const SYMBOL = 'ETHUSDT';

export function connectorSuite(running) {
  let alice;
  let bob;
  const books = {};

  const account = async (client) => (await client.account()).data.balances;

  const settled = async () => {
    books.alice.check(await account(alice));
    books.bob.check(await account(bob));
  };

  /** Alice's order was the maker. */
  const bobTook = (side, price, quantity) => {
    books.bob.move(fill(side, price, quantity, 'ETH', 'USDT'));
    books.alice.move(fill(side === 'BUY' ? 'SELL' : 'BUY', price, quantity, 'ETH', 'USDT'));
  };

  const refusal = (code, status) => (error) => {
    assert.equal(error.response.status, status);
    assert.equal(error.response.data.code, code, JSON.stringify(error.response.data));
    return true;
  };

  before(async () => {
    const { baseUrl, users } = running();
    alice = new Spot(users.alice.apiKey, users.alice.secretKey, { baseURL: baseUrl });
    bob = new Spot(users.bob.apiKey, users.bob.secretKey, { baseURL: baseUrl });
    books.alice = new Book(await account(alice));
    books.bob = new Book(await account(bob));
  });

  test('reads time and exchange information', async () => {
    assert.deepEqual((await alice.ping()).data, {});
    assert.ok(Math.abs((await alice.time()).data.serverTime - Date.now()) < 5_000);
    const info = (await alice.exchangeInfo({ symbol: SYMBOL })).data;
    assert.equal(info.symbols.length, 1);
    assert.equal(info.symbols[0].baseAsset, 'ETH');
    const two = (await alice.exchangeInfo({ symbols: ['btcusdt', SYMBOL].map((s) => s.toUpperCase()) })).data;
    assert.deepEqual(two.symbols.map((symbol) => symbol.symbol).sort(), ['BTCUSDT', SYMBOL]);
  });

  test('places, queries and cancels', async () => {
    const placed = (
      await alice.newOrder(SYMBOL, 'SELL', 'LIMIT', {
        price: '3200.00',
        quantity: '1.5',
        timeInForce: 'GTC',
        newClientOrderId: 'connector-1',
        newOrderRespType: 'RESULT',
      })
    ).data;
    assert.equal(placed.status, 'NEW');
    assert.equal(placed.clientOrderId, 'connector-1');
    assert.equal(placed.origQty, '1.50000000');
    books.alice.hold('ETH', units('1.5'));
    await settled();
    assert.deepEqual((await alice.depth(SYMBOL, { limit: 5 })).data.asks, [['3200.00000000', '1.50000000']]);

    const taken = (await bob.newOrder(SYMBOL, 'BUY', 'MARKET', { quantity: '0.5' })).data;
    assert.equal(taken.status, 'FILLED');
    assert.deepEqual(
      taken.fills.map(({ price, qty, commission, commissionAsset }) => [price, qty, commission, commissionAsset]),
      [['3200.00000000', '0.50000000', text(fee(units('0.5'))), 'ETH']],
    );
    bobTook('BUY', '3200', '0.5');
    books.alice.hold('ETH', -units('0.5'));

    const byQuote = (await bob.newOrder(SYMBOL, 'BUY', 'MARKET', { quoteOrderQty: '320' })).data;
    assert.equal(byQuote.executedQty, '0.10000000');
    assert.equal(byQuote.cummulativeQuoteQty, '320.00000000');
    bobTook('BUY', '3200', '0.1');
    books.alice.hold('ETH', -units('0.1'));
    await settled();

    const found = (await alice.getOrder(SYMBOL, { origClientOrderId: 'connector-1' })).data;
    assert.equal(found.orderId, placed.orderId);
    assert.equal(found.status, 'PARTIALLY_FILLED');
    assert.equal(found.executedQty, '0.60000000');
    const canceled = (await alice.cancelOrder(SYMBOL, { orderId: placed.orderId })).data;
    assert.equal(canceled.status, 'CANCELED');
    assert.equal(canceled.origClientOrderId, 'connector-1');
    books.alice.hold('ETH', -units('0.9'));
    await settled();
    await assert.rejects(alice.cancelOrder(SYMBOL, { orderId: placed.orderId }), refusal(-2011, 400));
  });

  test('tests, replaces and lists', async () => {
    assert.deepEqual(
      (await alice.newOrderTest(SYMBOL, 'BUY', 'LIMIT', { price: '3000', quantity: '1', timeInForce: 'GTC' })).data,
      {},
    );
    const old = (
      await alice.newOrder(SYMBOL, 'BUY', 'LIMIT', { price: '3000', quantity: '1', timeInForce: 'GTC' })
    ).data;
    const replaced = (
      await alice.cancelAndReplace(SYMBOL, 'BUY', 'LIMIT', 'STOP_ON_FAILURE', {
        cancelOrderId: old.orderId,
        price: '3001',
        quantity: '2',
        timeInForce: 'GTC',
      })
    ).data;
    assert.equal(replaced.cancelResult, 'SUCCESS');
    assert.equal(replaced.newOrderResult, 'SUCCESS');
    assert.equal(replaced.newOrderResponse.price, '3001.00000000');
    books.alice.hold('USDT', notional('3001', '2'));
    await settled();
    await assert.rejects(
      alice.cancelAndReplace(SYMBOL, 'BUY', 'LIMIT', 'STOP_ON_FAILURE', {
        cancelOrderId: old.orderId,
        price: '3001',
        quantity: '2',
        timeInForce: 'GTC',
      }),
      refusal(-2022, 400),
    );
    await assert.rejects(
      alice.cancelAndReplace(SYMBOL, 'BUY', 'LIMIT', 'ALLOW_FAILURE', {
        cancelOrderId: old.orderId,
        price: '2999',
        quantity: '1',
        timeInForce: 'GTC',
      }),
      refusal(-2021, 409),
    );
    books.alice.hold('USDT', notional('2999', '1'));
    const open = (await alice.openOrders({ symbol: SYMBOL })).data;
    assert.deepEqual(open.map((order) => order.price), ['3001.00000000', '2999.00000000']);
    const all = (await alice.cancelOpenOrders(SYMBOL)).data;
    assert.deepEqual(all.map((order) => order.status), ['CANCELED', 'CANCELED']);
    books.alice.hold('USDT', -notional('3001', '2') - notional('2999', '1'));
    await settled();
    const history = (await alice.allOrders(SYMBOL)).data;
    assert.deepEqual(
      history.map((order) => order.status),
      ['CANCELED', 'CANCELED', 'CANCELED', 'CANCELED'],
    );
    const mine = (await bob.myTrades(SYMBOL)).data;
    assert.deepEqual(
      mine.map((trade) => [trade.qty, trade.quoteQty, trade.isBuyer, trade.isMaker]),
      [
        ['0.50000000', '1600.00000000', true, false],
        ['0.10000000', '320.00000000', true, false],
      ],
    );
    const recent = (await bob.trades(SYMBOL)).data;
    assert.deepEqual(recent.map((trade) => trade.qty), ['0.50000000', '0.10000000']);
    assert.equal((await bob.tickerPrice(SYMBOL)).data.price, '3200.00000000');
    assert.equal((await bob.bookTicker(SYMBOL)).data.symbol, SYMBOL);
  });

  test('places and cancels an OCO', async () => {
    const oco = (
      await alice.newOCOOrder(SYMBOL, 'SELL', '1', 'LIMIT_MAKER', 'STOP_LOSS', {
        abovePrice: '3300',
        belowStopPrice: '3100',
      })
    ).data;
    assert.equal(oco.contingencyType, 'OCO');
    books.alice.hold('ETH', units('1'));
    await settled();
    assert.equal((await alice.getOpenOCOOrders()).data.length, 1);
    const canceled = (await alice.cancelOCOOrder(SYMBOL, { orderListId: oco.orderListId })).data;
    assert.equal(canceled.listOrderStatus, 'ALL_DONE');
    assert.deepEqual(canceled.orderReports.map((report) => report.status), ['CANCELED', 'CANCELED']);
    books.alice.hold('ETH', -units('1'));
    assert.equal(
      (await alice.getOCOOrder({ orderListId: oco.orderListId })).data.listOrderStatus,
      'ALL_DONE',
    );
    await settled();
  });

  test('is told what is wrong', async () => {
    await assert.rejects(
      alice.newOrder(SYMBOL, 'BUY', 'LIMIT', { price: '3000', quantity: '1000', timeInForce: 'GTC' }),
      refusal(-2010, 400),
    );
    await assert.rejects(alice.newOrder(SYMBOL, 'BUY', 'LIMIT', { quantity: '1', timeInForce: 'GTC' }), refusal(-1102, 400));
    await assert.rejects(alice.newOrder('ETHETH', 'BUY', 'MARKET', { quantity: '1' }), refusal(-1121, 400));
    await assert.rejects(alice.getOrder(SYMBOL, { orderId: 999_999_999 }), refusal(-2013, 400));
    await settled();
  });
}
