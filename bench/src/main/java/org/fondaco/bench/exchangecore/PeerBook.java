package org.fondaco.bench.exchangecore;

import exchange.core2.collections.objpool.ObjectsPool;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.IOrder;
import exchange.core2.core.common.L2MarketData;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.common.config.LoggingConfiguration;
import exchange.core2.core.orderbook.IOrderBook;
import exchange.core2.core.orderbook.OrderBookDirectImpl;
import exchange.core2.core.orderbook.OrderBookEventsHelper;
import java.util.HashMap;
import java.util.Map;
import org.fondaco.bench.workload.Mix;
import org.fondaco.bench.workload.Workload;
import org.jspecify.annotations.Nullable;

/** exchange-core's faster order book, one a symbol, with pooled orders and trade events. */
public final class PeerBook {

  private final Workload workload;
  private final IOrderBook[] books;
  private final OrderCommand command = new OrderCommand();
  private final EventPool pool = new EventPool();
  private long trades;
  private long tradeHash;
  private long failures;

  public PeerBook(Workload workload) {
    this.workload = workload;
    Map<Integer, Integer> sizes = new HashMap<>();
    sizes.put(ObjectsPool.DIRECT_ORDER, 64 * 1024);
    sizes.put(ObjectsPool.DIRECT_BUCKET, 16 * 1024);
    sizes.put(ObjectsPool.ART_NODE_4, 16 * 1024);
    sizes.put(ObjectsPool.ART_NODE_16, 16 * 1024);
    sizes.put(ObjectsPool.ART_NODE_48, 8 * 1024);
    sizes.put(ObjectsPool.ART_NODE_256, 4 * 1024);
    ObjectsPool objects = new ObjectsPool(sizes);
    OrderBookEventsHelper events = new OrderBookEventsHelper(pool::take);
    books = new IOrderBook[workload.symbols()];
    for (int i = 0; i < books.length; i++) {
      CoreSymbolSpecification symbol =
          CoreSymbolSpecification.builder()
              .symbolId(i + 1)
              .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
              .baseCurrency(workload.baseAsset(i))
              .quoteCurrency(workload.quoteAsset(i))
              .baseScaleK(1)
              .quoteScaleK(1)
              .build();
      books[i] = new OrderBookDirectImpl(symbol, objects, events, LoggingConfiguration.DEFAULT);
    }
  }

  /** Runs the commands in [from, to). */
  public void run(int from, int to) {
    for (int row = from; row < to; row++) {
      apply(row);
    }
  }

  /** Runs one command. */
  public void apply(int row) {
    OrderCommand c = command;
    int symbol = workload.symbol(row);
    c.orderId = workload.order(row);
    c.uid = workload.account(row) + 1L;
    c.symbol = symbol + 1;
    c.price = workload.price(row);
    c.size = workload.size(row);
    c.action = workload.buy(row) ? OrderAction.BID : OrderAction.ASK;
    c.matcherEvent = null;
    c.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
    switch (workload.kind(row)) {
      case Workload.PLACE_GTC -> place(OrderType.GTC, symbol);
      case Workload.PLACE_IOC -> place(OrderType.IOC, symbol);
      case Workload.PLACE_FOK -> {
        c.price = workload.budget(row);
        place(OrderType.FOK_BUDGET, symbol);
      }
      case Workload.CANCEL -> c.command = OrderCommandType.CANCEL_ORDER;
      case Workload.REDUCE -> c.command = OrderCommandType.REDUCE_ORDER;
      case Workload.MOVE -> c.command = OrderCommandType.MOVE_ORDER;
      default -> throw new IllegalStateException("kind " + workload.kind(row));
    }
    CommandResultCode code = IOrderBook.processCommand(books[symbol], c);
    if (code != CommandResultCode.SUCCESS) {
      failures++;
    }
    if (c.matcherEvent != null) {
      take(c);
    }
  }

  private void place(OrderType type, int symbol) {
    command.command = OrderCommandType.PLACE_ORDER;
    command.orderType = type;
    command.reserveBidPrice = workload.maxPrice(symbol);
  }

  private void take(OrderCommand c) {
    @Nullable MatcherTradeEvent event = c.matcherEvent;
    while (event != null) {
      if (event.eventType == MatcherEventType.TRADE) {
        trades++;
        tradeHash = Mix.trade(tradeHash, c.orderId, event.matchedOrderId, event.price, event.size);
      }
      MatcherTradeEvent next = event.nextEvent;
      pool.give(event);
      event = next;
    }
    c.matcherEvent = null;
  }

  /** Commands that a book refused. */
  public long failures() {
    return failures;
  }

  /** Trades so far. */
  public long trades() {
    return trades;
  }

  /** What is on the books now; trades since the start. */
  public Workload.Digest digest() {
    long orders = 0;
    long levels = 0;
    for (int i = 0; i < books.length; i++) {
      int symbol = i;
      orders +=
          books[i].bidOrdersStream(true).mapToLong(order -> orderMix(symbol, true, order)).sum()
              + books[i]
                  .askOrdersStream(true)
                  .mapToLong(order -> orderMix(symbol, false, order))
                  .sum();
      L2MarketData data = books[i].getL2MarketDataSnapshot(Integer.MAX_VALUE);
      for (int k = 0; k < data.bidSize; k++) {
        levels += Mix.level(symbol, true, data.bidPrices[k], data.bidVolumes[k]);
      }
      for (int k = 0; k < data.askSize; k++) {
        levels += Mix.level(symbol, false, data.askPrices[k], data.askVolumes[k]);
      }
    }
    return new Workload.Digest(trades, tradeHash, orders, levels);
  }

  private static long orderMix(int symbol, boolean buy, IOrder order) {
    return Mix.order(
        symbol, buy, order.getOrderId(), order.getPrice(), order.getSize() - order.getFilled());
  }

  /** Trade events are given back one by one; the book takes chains of them. */
  private static final class EventPool {
    private @Nullable MatcherTradeEvent free;

    MatcherTradeEvent take() {
      MatcherTradeEvent event = free;
      if (event == null) {
        return new MatcherTradeEvent();
      }
      free = event.nextEvent;
      event.nextEvent = null;
      return event;
    }

    void give(MatcherTradeEvent event) {
      event.nextEvent = free;
      free = event;
    }
  }
}
