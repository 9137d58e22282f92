package org.fondaco.engine.exchangecore;

import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.IOrder;
import exchange.core2.core.common.L2MarketData;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.cmd.OrderCommandType;
import exchange.core2.core.orderbook.IOrderBook;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.fondaco.engine.exchangecore.Action.Place;
import org.jspecify.annotations.Nullable;

/** One exchange-core book at zero fees, driven by the actions of the differential test. */
final class PeerBook {

  /** Above every price of the test, so that no bid is refused a move for its reserve price. */
  private static final long RESERVE_PRICE = 1_000_000;

  private final IOrderBook book;

  PeerBook(Function<CoreSymbolSpecification, IOrderBook> make) {
    book =
        make.apply(
            CoreSymbolSpecification.builder()
                .symbolId(1)
                .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
                .baseCurrency(1)
                .quoteCurrency(2)
                .baseScaleK(1)
                .quoteScaleK(1)
                .build());
  }

  Answer apply(Action action) {
    OrderCommand command =
        switch (action) {
          case Place place -> place(place);
          case Action.Cancel cancel -> OrderCommand.cancel(cancel.order(), cancel.account());
          case Action.Reduce reduce ->
              OrderCommand.reduce(reduce.order(), reduce.account(), reduce.by());
          case Action.Move move -> OrderCommand.update(move.order(), move.account(), move.price());
        };
    command.symbol = 1;
    command.resultCode = CommandResultCode.VALID_FOR_MATCHING_ENGINE;
    CommandResultCode code = IOrderBook.processCommand(book, command);
    List<Answer.Fill> fills =
        command.extractEvents().stream()
            .filter(event -> event.eventType == MatcherEventType.TRADE)
            .map(event -> new Answer.Fill(event.matchedOrderId, event.price, event.size))
            .toList();
    return new Answer(code == CommandResultCode.SUCCESS, fills);
  }

  private static OrderCommand place(Place place) {
    OrderType type =
        switch (place.kind()) {
          case GOOD_TILL_CANCELED -> OrderType.GTC;
          case IMMEDIATE_OR_CANCEL -> OrderType.IOC;
          case FILL_OR_KILL -> OrderType.FOK_BUDGET;
        };
    OrderCommand command =
        OrderCommand.newOrder(
            type,
            place.order(),
            place.account(),
            type == OrderType.FOK_BUDGET ? place.budget() : place.price(),
            RESERVE_PRICE,
            place.size(),
            place.buy() ? OrderAction.BID : OrderAction.ASK);
    command.command = OrderCommandType.PLACE_ORDER;
    return command;
  }

  /** What is left of the order, 0 when it does not rest. */
  long remaining(long order) {
    @Nullable IOrder found = book.getOrderById(order);
    return found == null ? 0 : found.getSize() - found.getFilled();
  }

  long price(long order) {
    return book.getOrderById(order).getPrice();
  }

  /** Resting orders, best price first and oldest first within a price; bids, then asks. */
  List<Answer.Resting> resting() {
    return Stream.concat(book.bidOrdersStream(true), book.askOrdersStream(true))
        .map(order ->
            new Answer.Resting(
                order.getOrderId(),
                order.getAction() == OrderAction.BID,
                order.getPrice(),
                order.getSize() - order.getFilled()))
        .toList();
  }

  /**
   * What taking exactly this size would cost.
   *
   * @return worst price and total, null when the book is too thin
   */
  @Nullable Cost cost(boolean buy, long size) {
    L2MarketData data = book.getL2MarketDataSnapshot(Integer.MAX_VALUE);
    int levels = buy ? data.askSize : data.bidSize;
    long left = size;
    long total = 0;
    for (int i = 0; i < levels; i++) {
      long price = buy ? data.askPrices[i] : data.bidPrices[i];
      long take = Math.min(left, buy ? data.askVolumes[i] : data.bidVolumes[i]);
      total += take * price;
      left -= take;
      if (left == 0) {
        return new Cost(price, total);
      }
    }
    return null;
  }

  record Cost(long worstPrice, long total) {}
}
