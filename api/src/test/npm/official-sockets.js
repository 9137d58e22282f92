// @binance/connector, @binance/spot and binance-api-node over the WebSocket API, with user data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebsocketAPI } from '@binance/connector';
import { Spot } from '@binance/spot';
import binanceApiNode from 'binance-api-node';
import { fee, notional, text } from './money.js';

const Binance = binanceApiNode.default ?? binanceApiNode;
const WAIT = 20_000;

/** Collects what a callback is given and hands it out by description. */
class Heard {
  #waiting = [];
  #events = [];

  push(event) {
    this.#events.push(event);
    this.#waiting = this.#waiting.filter((each) => !each.try());
  }

  next(fits) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never heard; heard ${JSON.stringify(this.#events)}`)), WAIT);
      const attempt = () => {
        const at = this.#events.findIndex(fits);
        if (at >= 0) {
          clearTimeout(timer);
          resolve(this.#events.splice(at, 1)[0]);
        }
        return at >= 0;
      };
      if (!attempt()) {
        this.#waiting.push({ try: attempt });
      }
    });
  }
}

export function officialSocketsSuite(running) {
  const wsURL = () => `${running().baseUrl.replace(/^http/, 'ws')}/ws-api/v3`;

  test('@binance/connector: trades by messages', async () => {
    const { users } = running();
    const heard = new Heard();
    let client;
    await new Promise((resolve) => {
      client = new WebsocketAPI(users.alice.apiKey, users.alice.secretKey, {
        wsURL: wsURL(),
        logger: { ...console, debug() {}, info() {} },
        callbacks: { open: resolve, message: (data) => heard.push(JSON.parse(data)) },
      });
    });
    const ask = (send) => {
      const id = `c-${Math.random().toString(36).slice(2)}`;
      send(id);
      return heard.next((message) => message.id === id);
    };
    try {
      const time = await ask((id) => client.time({ id }));
      assert.ok(Math.abs(time.result.serverTime - Date.now()) < 5_000);
      const info = await ask((id) => client.exchangeInfo({ id, symbols: ['ethusdt', 'BTCUSDT'] }));
      assert.equal(info.result.symbols.length, 2);
      const order = { price: '3200.00', quantity: '1.5', timeInForce: 'GTC', newClientOrderId: 'conn-1' };
      assert.deepEqual((await ask((id) => client.testNewOrder('ETHUSDT', 'SELL', 'LIMIT', { id, ...order }))).result, {});
      const placed = await ask((id) => client.newOrder('ETHUSDT', 'SELL', 'LIMIT', { id, ...order }));
      assert.equal(placed.status, 200);
      assert.equal(placed.result.status, 'NEW');
      assert.deepEqual(
        placed.rateLimits.map(({ rateLimitType, interval }) => `${rateLimitType} ${interval}`),
        ['ORDERS SECOND', 'ORDERS DAY', 'REQUEST_WEIGHT MINUTE'],
      );
      const replaced = await ask((id) =>
        client.cancelReplaceOrder('ETHUSDT', 'STOP_ON_FAILURE', 'SELL', 'LIMIT', {
          id,
          cancelOrderId: placed.result.orderId,
          price: '3300',
          quantity: '1',
          timeInForce: 'GTC',
        }),
      );
      assert.equal(replaced.result.cancelResult, 'SUCCESS');
      const again = await ask((id) =>
        client.cancelReplaceOrder('ETHUSDT', 'STOP_ON_FAILURE', 'SELL', 'LIMIT', {
          id,
          cancelOrderId: placed.result.orderId,
          price: '3300',
          quantity: '1',
          timeInForce: 'GTC',
        }),
      );
      assert.equal(again.status, 400);
      assert.equal(again.error.code, -2022);
      assert.equal(again.error.data.cancelResult, 'FAILURE');
      assert.equal((await ask((id) => client.openOrders('ETHUSDT', { id }))).result.length, 1);
      const oco = await ask((id) =>
        client.newOCOOrder('ETHUSDT', 'BUY', '1', 'STOP_LOSS_LIMIT', 'LIMIT_MAKER', {
          id,
          abovePrice: '3400',
          aboveStopPrice: '3390',
          aboveTimeInForce: 'GTC',
          belowPrice: '3000',
        }),
      );
      // Nothing ever traded here, so the relation of its prices to the last one is unknown.
      assert.equal(oco.status, 400);
      assert.equal(oco.error.code, -2010);
      const all = await ask((id) => client.cancelOpenOrders('ETHUSDT', { id }));
      assert.deepEqual(all.result.map((each) => each.status), ['CANCELED']);
      const history = await ask((id) => client.orderHistory('ETHUSDT', { id }));
      assert.deepEqual(history.result.map((each) => each.status), ['CANCELED', 'CANCELED']);
      assert.equal((await ask((id) => client.account({ id }))).result.accountType, 'SPOT');
      assert.deepEqual((await ask((id) => client.myTrades('ETHUSDT', { id }))).result, []);
      assert.equal((await ask((id) => client.orderbook('ETHUSDT', { id }))).result.asks.length, 0);
      client.startUserDataStream();
      const started = await heard.next((message) => message.result?.listenKey);
      client.pingUserDataStream(started.result.listenKey);
      assert.deepEqual((await heard.next((message) => message.status === 200)).result, {});
      client.stopUserDataStream(started.result.listenKey);
      assert.deepEqual((await heard.next((message) => message.status === 200)).result, {});
    } finally {
      client.disconnect();
    }
  });

  test('@binance/spot: trades by promises and hears user data', async () => {
    const { users } = running();
    const spot = new Spot({
      configurationWebsocketAPI: {
        apiKey: users.alice.apiKey,
        apiSecret: users.alice.secretKey,
        wsURL: wsURL(),
        reconnectDelay: 1_000,
      },
    });
    const connection = await spot.websocketAPI.connect();
    const heard = new Heard();
    try {
      const { response, stream } = await connection.userDataStreamSubscribeSignature();
      assert.equal(Number(response.data.subscriptionId), 0);
      stream.on('message', (event) => heard.push(event));
      assert.deepEqual((await connection.sessionSubscriptions()).data.map((each) => Number(each.subscriptionId)), [0]);
      assert.equal((await connection.sessionStatus()).data.userDataStream, true);
      const placed = (
        await connection.orderPlace({
          symbol: 'LTCUSDT',
          side: 'SELL',
          type: 'LIMIT',
          timeInForce: 'GTC',
          price: 70,
          quantity: 10,
          newClientOrderId: 'spot-1',
        })
      ).data;
      assert.equal(placed.status, 'NEW');
      const report = await heard.next((event) => event.e === 'executionReport');
      assert.equal(report.c, 'spot-1');
      assert.equal(Number(report.i), Number(placed.orderId));
      const amended = (
        await connection.orderAmendKeepPriority({ symbol: 'LTCUSDT', orderId: placed.orderId, newQty: 8, newClientOrderId: 'spot-2' })
      ).data;
      assert.equal(amended.amendedOrder.qty, '8.00000000');
      const replaced = await heard.next((event) => event.x === 'REPLACED');
      assert.deepEqual([replaced.c, replaced.C, replaced.q], ['spot-2', 'spot-1', '8.00000000']);
      const found = (await connection.orderStatus({ symbol: 'LTCUSDT', origClientOrderId: 'spot-2' })).data;
      assert.equal(found.origQty, '8.00000000');
      const canceled = (await connection.orderCancel({ symbol: 'LTCUSDT', orderId: placed.orderId })).data;
      assert.equal(canceled.status, 'CANCELED');
      const ended = await heard.next((event) => event.x === 'CANCELED');
      assert.equal(ended.C, 'spot-2');
      assert.equal(ended.c, canceled.clientOrderId);
      const position = await heard.next((event) => event.e === 'outboundAccountPosition' && event.B[0].l === '0.00000000');
      assert.equal(position.B[0].a, 'LTC');
      await assert.rejects(connection.orderCancel({ symbol: 'LTCUSDT', orderId: placed.orderId }), (error) => error.code === -2011);
      assert.equal((await connection.accountStatus()).data.accountType, 'SPOT');
      assert.equal((await connection.exchangeInfo({ symbol: 'LTCUSDT' })).data.symbols.length, 1);
      assert.equal((await connection.depth({ symbol: 'LTCUSDT' })).data.asks.length, 0);
      await connection.userDataStreamUnsubscribe();
      await heard.next((event) => event.e === 'eventStreamTerminated');
    } finally {
      await connection.disconnect();
    }
  });

  test('binance-api-node: hears its account', async () => {
    const { baseUrl, users } = running();
    const client = ({ apiKey, secretKey }) =>
      Binance({ apiKey, apiSecret: secretKey, httpBase: baseUrl, wsApi: wsURL() });
    const alice = client(users.alice);
    const bob = client(users.bob);
    const heard = new Heard();
    const end = await alice.ws.user((event) => heard.push(event));
    try {
      const placed = await alice.order({ symbol: 'BCHUSDT', side: 'SELL', quantity: '3', price: '400' });
      const opened = await heard.next((event) => event.eventType === 'executionReport');
      assert.equal(opened.orderId, placed.orderId);
      assert.equal(opened.orderStatus, 'NEW');
      await bob.order({ symbol: 'BCHUSDT', side: 'BUY', type: 'MARKET', quantity: '1' });
      const trade = await heard.next((event) => event.executionType === 'TRADE');
      assert.equal(trade.orderStatus, 'PARTIALLY_FILLED');
      assert.equal(trade.lastTradeQuantity, '1.00000000');
      assert.equal(trade.totalTradeQuantity, '1.00000000');
      assert.equal(trade.commission, text(fee(notional('400', '1'))));
      assert.equal(trade.isBuyerMaker, true);
      const account = await heard.next(
        (event) => event.eventType === 'outboundAccountPosition' && event.balances.some((each) => each.asset === 'USDT'),
      );
      assert.ok(account.balances.find((each) => each.asset === 'BCH'));
      await alice.cancelOrder({ symbol: 'BCHUSDT', orderId: placed.orderId });
      const canceled = await heard.next((event) => event.executionType === 'CANCELED');
      assert.equal(canceled.orderId, placed.orderId);
    } finally {
      end();
    }
  });
}
