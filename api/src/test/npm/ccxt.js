// ccxt, the main client: every order type it offers on spot, with each result checked and money to the unit.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import ccxt from 'ccxt';
import { Book, fee, fill, notional, text, units } from './money.js';

const SYMBOL = 'BTC/USDT';

/** An unmodified client; only the host in its addresses is ours. */
export function exchange(venue, user, config = {}) {
  const client = new ccxt.binance({
    apiKey: user?.apiKey,
    secret: user?.secretKey,
    options: { fetchMarkets: { types: ['spot'] } },
    ...config,
  });
  for (const [name, url] of Object.entries(client.urls.api)) {
    client.urls.api[name] = url.replace(/^https:\/\/[^/]+/, venue.baseUrl);
  }
  return client;
}

/** ccxt sorts trades of the same millisecond by the text of their ids. */
const byTradeId = (trades) => [...trades].sort((a, b) => Number(BigInt(a.info.id) - BigInt(b.info.id)));

const opposite = (side) => (side === 'BUY' ? 'SELL' : 'BUY');

export function ccxtSuite(running) {
  const names = ['alice', 'bob', 'carol'];
  const books = {};
  const trades = []; // expected, in order: {maker, taker, takerSide, price, quantity}
  let alice;
  let bob;
  let carol;

  const raw = async (name) => (await { alice, bob, carol }[name].privateGetAccount()).balances;

  const traded = (maker, taker, takerSide, price, quantity) => {
    trades.push({ maker, taker, takerSide, price, quantity });
    books[taker].move(fill(takerSide, price, quantity, 'BTC', 'USDT'));
    books[maker].move(fill(opposite(takerSide), price, quantity, 'BTC', 'USDT'));
  };

  const settled = async () => {
    for (const name of names) {
      books[name].check(await raw(name));
    }
  };

  before(async () => {
    const venue = running();
    alice = exchange(venue, venue.users.alice);
    bob = exchange(venue, venue.users.bob);
    carol = exchange(venue, venue.users.carol);
    for (const name of names) {
      books[name] = new Book(await raw(name));
    }
  });

  test('loads markets and currencies', async () => {
    const markets = await alice.loadMarkets();
    assert.deepEqual(Object.keys(markets).sort(), ['BCH/USDT', 'BTC/USDT', 'ETH/BTC', 'ETH/USDT', 'LTC/USDT']);
    const market = markets[SYMBOL];
    assert.equal(market.id, 'BTCUSDT');
    assert.equal(market.active, true);
    assert.equal(market.spot, true);
    assert.deepEqual(market.precision.price, 0.01);
    assert.deepEqual(market.precision.amount, 0.00001);
    assert.equal(market.limits.amount.min, 0.00001);
    assert.equal(market.limits.cost.min, 5);
    // BNFCR is one that ccxt brings along.
    const currencies = Object.keys(alice.currencies).filter((code) => code !== 'BNFCR');
    assert.deepEqual(currencies.sort(), ['BCH', 'BTC', 'ETH', 'LTC', 'USDT']);
    assert.equal(alice.currencies.BTC.info.depositAllEnable, true);
    assert.equal(alice.currencies.BTC.info.withdrawAllEnable, true);
    await bob.loadMarkets();
    await carol.loadMarkets();
  });

  test('loads markets with its default options, with and without keys', async () => {
    const venue = running();
    assert.equal(Object.keys(await exchange(venue, undefined, { options: {} }).loadMarkets()).length, 5);
    assert.equal(Object.keys(await exchange(venue, venue.users.carol, { options: {} }).loadMarkets()).length, 5);
  });

  test('tells the time', async () => {
    assert.ok(Math.abs((await alice.fetchTime()) - Date.now()) < 5_000);
  });

  test('reads the first balance', async () => {
    const balance = await alice.fetchBalance();
    assert.deepEqual(balance.BTC, { free: 10, used: 0, total: 10 });
    assert.deepEqual(balance.USDT, { free: 1_000_000, used: 0, total: 1_000_000 });
    assert.deepEqual(balance.LTC, { free: 2_000, used: 0, total: 2_000 });
  });

  test('reads an empty order book', async () => {
    const book = await alice.fetchOrderBook(SYMBOL);
    assert.deepEqual(book.bids, []);
    assert.deepEqual(book.asks, []);
  });

  test('limit orders rest and match', async () => {
    const ask = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.5, 64000);
    assert.equal(ask.status, 'open');
    assert.equal(ask.type, 'limit');
    assert.equal(ask.side, 'sell');
    assert.equal(ask.filled, 0);
    assert.equal(ask.remaining, 0.5);
    assert.deepEqual((await alice.fetchOrderBook(SYMBOL)).asks, [[64000, 0.5]]);
    books.alice.hold('BTC', units('0.5'));
    await settled();

    const take = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.2, 64100);
    assert.equal(take.status, 'closed');
    assert.equal(take.filled, 0.2);
    assert.equal(take.average, 64000);
    assert.equal(take.cost, 12800);
    assert.equal(take.trades.length, 1);
    assert.deepEqual(take.fees, [{ currency: 'BTC', cost: 0.0002 }].map((f) => ({ ...take.fees[0], ...f })));
    assert.equal(take.info.fills[0].commission, text(fee(units('0.2'))));
    traded('alice', 'bob', 'BUY', '64000', '0.2');
    books.alice.hold('BTC', -units('0.2'));
    await settled();

    const rest = await alice.fetchOrder(ask.id, SYMBOL);
    assert.equal(rest.status, 'open');
    assert.equal(rest.filled, 0.2);
    assert.equal(rest.remaining, 0.3);
    assert.equal(rest.info.cummulativeQuoteQty, text(notional('64000', '0.2')));
  });

  test('market orders by amount and by cost, both ways', async () => {
    const byAmount = await bob.createOrder(SYMBOL, 'market', 'buy', 0.1);
    assert.equal(byAmount.status, 'closed');
    assert.equal(byAmount.filled, 0.1);
    assert.equal(byAmount.cost, 6400);
    traded('alice', 'bob', 'BUY', '64000', '0.1');

    const byCost = await bob.createMarketBuyOrderWithCost(SYMBOL, 640);
    assert.equal(byCost.status, 'closed');
    assert.equal(byCost.filled, 0.01);
    assert.equal(byCost.info.cummulativeQuoteQty, '640.00000000');
    traded('alice', 'bob', 'BUY', '64000', '0.01');

    // 641 buys 0.01001 whole steps; what is left is too little for another and is not spent.
    const uneven = await bob.createOrder(SYMBOL, 'market', 'buy', undefined, undefined, { cost: 641 });
    assert.equal(uneven.status, 'closed');
    assert.equal(uneven.info.executedQty, '0.01001000');
    assert.equal(uneven.info.cummulativeQuoteQty, '640.64000000');
    traded('alice', 'bob', 'BUY', '64000', '0.01001');
    books.alice.hold('BTC', -units('0.12001'));
    await settled();

    const bid = await alice.createOrder(SYMBOL, 'limit', 'buy', 0.3, 63900);
    books.alice.hold('USDT', notional('63900', '0.3'));
    const sold = await bob.createOrder(SYMBOL, 'market', 'sell', 0.1);
    assert.equal(sold.status, 'closed');
    assert.equal(sold.average, 63900);
    traded('alice', 'bob', 'SELL', '63900', '0.1');
    const soldByCost = await bob.createMarketSellOrderWithCost(SYMBOL, 639);
    assert.equal(soldByCost.filled, 0.01);
    traded('alice', 'bob', 'SELL', '63900', '0.01');
    books.alice.hold('USDT', -notional('63900', '0.11'));
    await settled();

    const canceled = await alice.cancelOrder(bid.id, SYMBOL);
    assert.equal(canceled.status, 'canceled');
    assert.equal(canceled.filled, 0.11);
    books.alice.hold('USDT', -notional('63900', '0.19'));
    await settled();
  });

  test('a market order that finds too little expires', async () => {
    const bid = await carol.createOrder(SYMBOL, 'limit', 'buy', 0.02, 63000);
    const sold = await bob.createOrder(SYMBOL, 'market', 'sell', 0.05);
    assert.equal(sold.status, 'expired');
    assert.equal(sold.filled, 0.02);
    traded('carol', 'bob', 'SELL', '63000', '0.02');
    assert.equal((await carol.fetchOrder(bid.id, SYMBOL)).status, 'closed');
    await settled();
  });

  test('immediate-or-cancel and fill-or-kill', async () => {
    const ioc = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.5, 64000, { timeInForce: 'IOC' });
    assert.equal(ioc.timeInForce, 'IOC');
    assert.equal(ioc.status, 'expired');
    assert.equal(ioc.info.executedQty, '0.17999000');
    traded('alice', 'bob', 'BUY', '64000', '0.17999');
    books.alice.hold('BTC', -units('0.17999'));
    await settled();

    const ask = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.05, 64000);
    books.alice.hold('BTC', units('0.05'));
    const tooMuch = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.06, 64000, { timeInForce: 'FOK' });
    assert.equal(tooMuch.status, 'expired');
    assert.equal(tooMuch.filled, 0);
    await settled();
    const all = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.05, 64000, { timeInForce: 'FOK' });
    assert.equal(all.status, 'closed');
    traded('alice', 'bob', 'BUY', '64000', '0.05');
    books.alice.hold('BTC', -units('0.05'));
    assert.equal((await alice.fetchOrder(ask.id, SYMBOL)).status, 'closed');
    await settled();
  });

  test('post-only orders never take', async () => {
    const bid = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.1, 63950, { postOnly: true });
    assert.equal(bid.status, 'open');
    assert.equal(bid.info.type, 'LIMIT_MAKER');
    assert.equal(bid.postOnly, true);
    await assert.rejects(
      alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 63950, { postOnly: true }),
      ccxt.OrderImmediatelyFillable,
    );
    await bob.cancelOrder(bid.id, SYMBOL);
    const direct = await alice.createOrder(SYMBOL, 'limit_maker', 'sell', 0.1, 63950);
    assert.equal(direct.status, 'open');
    await alice.cancelOrder(direct.id, SYMBOL);
    await settled();
  });

  test('an iceberg shows its slice', async () => {
    const ask = await alice.createOrder(SYMBOL, 'limit', 'sell', 1, 65000, { icebergQty: '0.1' });
    assert.equal(ask.status, 'open');
    assert.deepEqual((await alice.fetchOrderBook(SYMBOL)).asks, [[65000, 0.1]]);
    const take = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.25, 65000);
    assert.equal(take.filled, 0.25);
    for (const quantity of ['0.1', '0.1', '0.05']) {
      traded('alice', 'bob', 'BUY', '65000', quantity);
    }
    assert.deepEqual((await alice.fetchOrderBook(SYMBOL)).asks, [[65000, 0.05]]);
    await alice.cancelOrder(ask.id, SYMBOL);
    await settled();
  });

  test('self-trade prevention as asked', async () => {
    const ask = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 65000);
    const own = await alice.createOrder(SYMBOL, 'limit', 'buy', 0.1, 65000, {
      selfTradePreventionMode: 'EXPIRE_BOTH',
    });
    assert.equal(own.info.status, 'EXPIRED_IN_MATCH');
    assert.equal(own.status, 'expired');
    assert.equal((await alice.fetchOrder(ask.id, SYMBOL)).info.status, 'EXPIRED_IN_MATCH');
    await settled();
  });

  test('stop-loss, take-profit and trailing orders wait, trigger and fill', async () => {
    const orders = {
      stopLimit: await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 62900, { stopLossPrice: 63000 }),
      stopMarket: await alice.createOrder(SYMBOL, 'market', 'sell', 0.1, undefined, { stopLossPrice: 63000 }),
      profitLimit: await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 65900, { takeProfitPrice: 66000 }),
      profitMarket: await alice.createOrder(SYMBOL, 'market', 'sell', 0.1, undefined, { takeProfitPrice: 66000 }),
      trailing: await alice.createOrder(SYMBOL, 'market', 'sell', 0.1, undefined, {
        trailingPercent: 1,
        stopLossOrTakeProfit: 'stopLoss',
      }),
    };
    const types = ['STOP_LOSS_LIMIT', 'STOP_LOSS', 'TAKE_PROFIT_LIMIT', 'TAKE_PROFIT', 'STOP_LOSS'];
    const placed = await Promise.all(Object.values(orders).map((order) => alice.fetchOrder(order.id, SYMBOL)));
    assert.deepEqual(placed.map((order) => order.info.type), types);
    assert.ok(placed.every((order) => order.status === 'open' && order.info.isWorking === false));
    assert.deepEqual(placed.map((order) => order.triggerPrice), [63000, 63000, 66000, 66000, undefined]);
    assert.equal(Number(placed[4].info.trailingDelta), 100);
    books.alice.hold('BTC', units('0.5'));
    await settled();
    await assert.rejects(
      alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 62900, { stopLossPrice: 63000 }),
      (error) => error instanceof ccxt.ExchangeError && /MAX_NUM_ALGO_ORDERS/.test(error.message),
    );

    // Up to 66,000: both take-profits sell into Bob's bid.
    await bob.createOrder(SYMBOL, 'limit', 'buy', 0.2, 65900);
    await carol.createOrder(SYMBOL, 'limit', 'sell', 0.01, 66000);
    await bob.createOrder(SYMBOL, 'limit', 'buy', 0.01, 66000);
    traded('carol', 'bob', 'BUY', '66000', '0.01');
    traded('bob', 'alice', 'SELL', '65900', '0.1');
    traded('bob', 'alice', 'SELL', '65900', '0.1');
    books.alice.hold('BTC', -units('0.2'));
    await settled();
    // One per cent below 66,000 is 65,340.
    await bob.createOrder(SYMBOL, 'limit', 'buy', 0.11, 65300);
    await carol.createOrder(SYMBOL, 'limit', 'sell', 0.01, 65300);
    traded('bob', 'carol', 'SELL', '65300', '0.01');
    traded('bob', 'alice', 'SELL', '65300', '0.1');
    books.alice.hold('BTC', -units('0.1'));
    await settled();
    await bob.createOrder(SYMBOL, 'limit', 'buy', 0.21, 63000);
    await carol.createOrder(SYMBOL, 'limit', 'sell', 0.01, 63000);
    traded('bob', 'carol', 'SELL', '63000', '0.01');
    traded('bob', 'alice', 'SELL', '63000', '0.1');
    traded('bob', 'alice', 'SELL', '63000', '0.1');
    books.alice.hold('BTC', -units('0.2'));
    await settled();
    for (const order of Object.values(orders)) {
      const after = await alice.fetchOrder(order.id, SYMBOL);
      assert.equal(after.status, 'closed');
      assert.equal(after.filled, 0.1);
    }
    await assert.rejects(
      alice.createOrder(SYMBOL, 'market', 'sell', 0.1, undefined, { stopLossPrice: 63000 }),
      ccxt.OrderImmediatelyFillable,
    );
  });

  test('order lists: OCO, OTO and OTOCO', async () => {
    const oco = await alice.privatePostOrderListOco({
      symbol: 'BTCUSDT',
      side: 'SELL',
      quantity: '0.1',
      aboveType: 'LIMIT_MAKER',
      abovePrice: '67000',
      belowType: 'STOP_LOSS_LIMIT',
      belowStopPrice: '60000',
      belowPrice: '59900',
      belowTimeInForce: 'GTC',
    });
    assert.equal(oco.contingencyType, 'OCO');
    assert.equal(oco.listOrderStatus, 'EXECUTING');
    assert.equal(oco.orders.length, 2);
    books.alice.hold('BTC', units('0.1'));
    await settled();
    await bob.createOrder(SYMBOL, 'limit', 'buy', 0.1, 67000);
    traded('alice', 'bob', 'BUY', '67000', '0.1');
    books.alice.hold('BTC', -units('0.1'));
    const legs = await Promise.all(oco.orders.map((leg) => alice.fetchOrder(leg.orderId, SYMBOL)));
    const statuses = Object.fromEntries(legs.map((leg) => [leg.info.type, leg.info.status]));
    assert.deepEqual(statuses, { LIMIT_MAKER: 'FILLED', STOP_LOSS_LIMIT: 'EXPIRED' });
    const done = await alice.privateGetOrderList({ orderListId: oco.orderListId });
    assert.equal(done.listOrderStatus, 'ALL_DONE');
    await settled();

    const oto = await alice.privatePostOrderListOto({
      symbol: 'BTCUSDT',
      workingType: 'LIMIT',
      workingSide: 'BUY',
      workingPrice: '66000',
      workingQuantity: '0.1',
      workingTimeInForce: 'GTC',
      pendingType: 'LIMIT_MAKER',
      pendingSide: 'SELL',
      pendingPrice: '68000',
      pendingQuantity: '0.05',
    });
    assert.equal(oto.contingencyType, 'OTO');
    assert.deepEqual(oto.orderReports.map((report) => report.status).sort(), ['NEW', 'PENDING_NEW']);
    await bob.createOrder(SYMBOL, 'limit', 'sell', 0.1, 66000);
    traded('alice', 'bob', 'SELL', '66000', '0.1');
    books.alice.hold('BTC', units('0.05'));
    await settled();
    assert.deepEqual((await alice.fetchOrderBook(SYMBOL)).asks, [[68000, 0.05]]);
    assert.equal((await alice.privateGetOpenOrderList()).length, 1);
    const canceled = await alice.privateDeleteOrderList({ symbol: 'BTCUSDT', orderListId: oto.orderListId });
    assert.equal(canceled.listOrderStatus, 'ALL_DONE');
    books.alice.hold('BTC', -units('0.05'));
    await settled();

    const otoco = await alice.privatePostOrderListOtoco({
      symbol: 'BTCUSDT',
      workingType: 'LIMIT',
      workingSide: 'BUY',
      workingPrice: '60000',
      workingQuantity: '0.1',
      workingTimeInForce: 'GTC',
      pendingSide: 'SELL',
      pendingQuantity: '0.1',
      pendingAboveType: 'TAKE_PROFIT_LIMIT',
      pendingAboveStopPrice: '70000',
      pendingAbovePrice: '70000',
      pendingAboveTimeInForce: 'GTC',
      pendingBelowType: 'STOP_LOSS',
      pendingBelowStopPrice: '59000',
    });
    assert.equal(otoco.orders.length, 3);
    books.alice.hold('USDT', notional('60000', '0.1'));
    await settled();
    await alice.cancelOrder(otoco.orders[0].orderId, SYMBOL);
    books.alice.hold('USDT', -notional('60000', '0.1'));
    assert.deepEqual(await alice.privateGetOpenOrderList(), []);
    await settled();
  });

  test('editing replaces an order', async () => {
    const old = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 70000);
    const edited = await alice.editOrder(old.id, SYMBOL, 'limit', 'sell', 0.2, 71000);
    assert.notEqual(edited.id, old.id);
    assert.equal(edited.status, 'open');
    assert.equal(edited.amount, 0.2);
    assert.equal(edited.price, 71000);
    assert.equal((await alice.fetchOrder(old.id, SYMBOL)).status, 'canceled');
    books.alice.hold('BTC', units('0.2'));
    await settled();
    await assert.rejects(alice.editOrder(old.id, SYMBOL, 'limit', 'sell', 0.2, 71000), ccxt.ExchangeError);

    // Not among ccxt's own endpoints; its request() signs any.
    const amended = await alice.request('order/amend/keepPriority', 'private', 'PUT', {
      symbol: 'BTCUSDT',
      orderId: edited.id,
      newQty: '0.15',
    });
    assert.equal(amended.amendedOrder.qty, '0.15000000');
    books.alice.hold('BTC', -units('0.05'));
    await settled();
    await alice.cancelOrder(edited.id, SYMBOL);
    books.alice.hold('BTC', -units('0.15'));
    await settled();
  });

  test('cancels one by id or client id, and all', async () => {
    const one = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 70000, { clientOrderId: 'one' });
    assert.equal(one.clientOrderId, 'one');
    const found = await alice.fetchOrder(undefined, SYMBOL, { clientOrderId: 'one' });
    assert.equal(found.id, one.id);
    const canceled = await alice.cancelOrder(undefined, SYMBOL, { clientOrderId: 'one' });
    assert.equal(canceled.id, one.id);
    await assert.rejects(alice.cancelOrder(one.id, SYMBOL), ccxt.OrderNotFound);

    const ids = [];
    for (const price of [70000, 70001, 70002]) {
      ids.push((await alice.createOrder(SYMBOL, 'limit', 'sell', 0.01, price)).id);
    }
    assert.deepEqual((await alice.fetchOpenOrders(SYMBOL)).map((order) => order.id), ids);
    const all = await alice.cancelAllOrders(SYMBOL);
    assert.deepEqual(all.map((order) => [order.id, order.status]), ids.map((id) => [id, 'canceled']));
    assert.deepEqual(await alice.fetchOpenOrders(SYMBOL), []);
    await assert.rejects(alice.cancelAllOrders(SYMBOL), ccxt.OrderNotFound);
    await settled();
  });

  test('a test order changes nothing', async () => {
    const order = await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 70000, { test: true });
    assert.deepEqual(order.info, {});
    assert.deepEqual(await alice.fetchOpenOrders(SYMBOL), []);
    await settled();
  });

  test('lists orders, open and closed', async () => {
    const open = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.01, 50000);
    const orders = await bob.fetchOrders(SYMBOL);
    const closed = await bob.fetchClosedOrders(SYMBOL);
    assert.equal(orders.at(-1).id, open.id);
    assert.deepEqual(
      orders.map((order) => BigInt(order.id)),
      orders.map((order) => BigInt(order.id)).sort((a, b) => (a < b ? -1 : 1)),
    );
    assert.deepEqual(
      closed.map((order) => order.id),
      orders.filter((order) => order.status === 'closed').map((order) => order.id),
    );
    const filled = orders.reduce((sum, order) => sum + units(order.info.executedQty), 0n);
    const expected = trades.filter((trade) => [trade.maker, trade.taker].includes('bob'));
    assert.equal(filled, expected.reduce((sum, trade) => sum + units(trade.quantity), 0n));
    await bob.cancelOrder(open.id, SYMBOL);
  });

  test('lists each trade with its fee, as it was expected', async () => {
    for (const name of names) {
      const own = trades.filter((trade) => [trade.maker, trade.taker].includes(name));
      const mine = await { alice, bob, carol }[name].fetchMyTrades(SYMBOL);
      const expected = own.map((trade) => {
        const maker = trade.maker === name;
        const side = maker ? opposite(trade.takerSide) : trade.takerSide;
        const received = side === 'BUY' ? units(trade.quantity) : notional(trade.price, trade.quantity);
        return {
          side: side.toLowerCase(),
          price: text(units(trade.price)),
          quantity: text(units(trade.quantity)),
          quote: text(notional(trade.price, trade.quantity)),
          commission: text(fee(received)),
          commissionAsset: side === 'BUY' ? 'BTC' : 'USDT',
          takerOrMaker: maker ? 'maker' : 'taker',
        };
      });
      assert.deepEqual(
        byTradeId(mine).map((trade) => ({
          side: trade.side,
          price: trade.info.price,
          quantity: trade.info.qty,
          quote: trade.info.quoteQty,
          commission: trade.info.commission,
          commissionAsset: trade.fee.currency,
          takerOrMaker: trade.takerOrMaker,
        })),
        expected,
      );
    }
  });

  test('reads the public market data', async () => {
    const recent = await alice.fetchTrades(SYMBOL, undefined, 500, { fetchTradesMethod: 'publicGetTrades' });
    assert.deepEqual(
      byTradeId(recent).map((trade) => [trade.info.price, trade.info.qty, trade.side]),
      trades.map((trade) => [
        text(units(trade.price)),
        text(units(trade.quantity)),
        trade.takerSide.toLowerCase(),
      ]),
    );
    const bid = await bob.createOrder(SYMBOL, 'limit', 'buy', 0.01, 50000);
    const ask = await bob.createOrder(SYMBOL, 'limit', 'sell', 0.02, 80000);
    const best = (await alice.fetchBidsAsks([SYMBOL]))[SYMBOL];
    assert.deepEqual(
      [best.bid, best.bidVolume, best.ask, best.askVolume],
      [50000, 0.01, 80000, 0.02],
    );
    const last = (await alice.fetchLastPrices([SYMBOL]))[SYMBOL];
    assert.equal(last.price, Number(trades.at(-1).price));
    await bob.cancelOrder(bid.id, SYMBOL);
    await bob.cancelOrder(ask.id, SYMBOL);
    await settled();
  });

  test('maps errors', async () => {
    const venue = running();
    const order = (changes) => ({
      symbol: 'BTCUSDT',
      side: 'SELL',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: '0.1',
      price: '70000',
      ...changes,
    });
    await assert.rejects(alice.createOrder(SYMBOL, 'limit', 'buy', 100, 64000), ccxt.InsufficientFunds);
    await assert.rejects(alice.privatePostOrder(order({ price: '70000.001' })), ccxt.InvalidOrder);
    await assert.rejects(alice.privatePostOrder(order({ quantity: '0.100001' })), ccxt.InvalidOrder);
    await assert.rejects(alice.privatePostOrder(order({ quantity: '0.00001' })), /NOTIONAL/);
    await assert.rejects(alice.privatePostOrder(order({ side: 'BUY', price: '400000' })), ccxt.InvalidOrder);
    await assert.rejects(alice.privatePostOrder(order({ symbol: 'NOPEUSDT' })), ccxt.BadSymbol);
    await assert.rejects(alice.privatePostOrder(order({ side: undefined })), ccxt.BadRequest);
    await assert.rejects(alice.fetchOrder('999999999', SYMBOL), ccxt.OrderNotFound);
    await assert.rejects(alice.cancelOrder('999999999', SYMBOL), ccxt.OrderNotFound);
    await alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 70000, { clientOrderId: 'twice' });
    await assert.rejects(
      alice.createOrder(SYMBOL, 'limit', 'sell', 0.1, 70000, { clientOrderId: 'twice' }),
      (error) => error instanceof ccxt.ExchangeError && /Duplicate order sent/.test(error.message),
    );
    await alice.cancelAllOrders(SYMBOL);

    const wrongSecret = exchange(venue, { ...venue.users.alice, secretKey: 'x'.repeat(64) });
    await assert.rejects(wrongSecret.privateGetAccount(), ccxt.AuthenticationError);
    const unknownKey = exchange(venue, { apiKey: 'x'.repeat(64), secretKey: 'x'.repeat(64) });
    await assert.rejects(unknownKey.privateGetAccount(), ccxt.AuthenticationError);
    const badKey = exchange(venue, { apiKey: 'not a key', secretKey: 'x' });
    await assert.rejects(badKey.privateGetAccount(), ccxt.AuthenticationError);
    const slow = exchange(venue, venue.users.alice);
    slow.nonce = () => Date.now() - 60_000;
    await assert.rejects(slow.privateGetAccount(), ccxt.InvalidNonce);
    const fast = exchange(venue, venue.users.alice);
    fast.nonce = () => Date.now() + 60_000;
    await assert.rejects(fast.privateGetAccount(), ccxt.InvalidNonce);
    const auditor = exchange(venue, venue.users.auditor);
    await assert.rejects(auditor.privatePostOrder(order({})), ccxt.AuthenticationError);
    await settled();
  });
}
