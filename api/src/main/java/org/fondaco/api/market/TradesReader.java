package org.fondaco.api.market;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Tape;
import org.fondaco.engine.readmodel.ReadModel;
import org.fondaco.engine.readmodel.ReadModel.TapeTrade;
import org.fondaco.engine.readmodel.ReadModel.TradeView;

/**
 * Trades and aggregates of any time: memory's, which is never behind, and before them the
 * history's, in this order, so that none is missed between. Both have ids without gaps. May block.
 */
final class TradesReader {
  private final ReadModel readModel;
  private final Tape tape;
  private final TapeHistory history;

  TradesReader(ReadModel readModel, Tape tape, TapeHistory history) {
    this.readModel = readModel;
    this.tape = tape;
    this.history = history;
  }

  /**
   * Trades from an id on, ascending.
   *
   * @throws org.fondaco.api.projection.HistoryUnavailable when the database is needed and cannot be
   *     reached
   */
  List<TradeView> trades(int symbol, long fromId, int limit) {
    List<TapeTrade> here = readModel.tape(symbol, fromId, limit);
    List<TradeView> found = new ArrayList<>();
    if (here.isEmpty() ? fromId < last(symbol) : here.getFirst().trade().tradeId() > fromId) {
      found.addAll(history.trades(symbol, fromId, limit));
    }
    long next = found.isEmpty() ? fromId : found.getLast().tradeId() + 1;
    for (TapeTrade trade : here) {
      if (trade.trade().tradeId() >= next && found.size() < limit) {
        found.add(trade.trade());
      }
    }
    return found;
  }

  /** After a start without trades since, memory has none, but the tape knows of them. */
  private long last(int symbol) {
    List<AggregateTrade> aggregates = tape.aggregates(symbol);
    return aggregates.isEmpty() ? 0 : aggregates.getLast().lastTradeId() + 1;
  }

  /**
   * Aggregates from an id on, ascending.
   *
   * @throws org.fondaco.api.projection.HistoryUnavailable when the database is needed and cannot be
   *     reached
   */
  List<AggregateTrade> aggregates(int symbol, long fromId, int limit) {
    List<AggregateTrade> here = tape.aggregates(symbol);
    long first = firstId(here);
    List<AggregateTrade> past =
        fromId < first ? history.aggregates(symbol, fromId, limit) : List.of();
    return ascending(past, here, first, each -> each.id() >= fromId, limit);
  }

  /**
   * Aggregates of a span of time: ascending from its start, else the last before its end, else the
   * latest; always in ascending order.
   *
   * @param start microseconds, included
   * @param end microseconds, included
   * @throws org.fondaco.api.projection.HistoryUnavailable when the database is needed and cannot be
   *     reached
   */
  List<AggregateTrade> aggregates(int symbol, OptionalLong start, OptionalLong end, int limit) {
    List<AggregateTrade> here = tape.aggregates(symbol);
    long first = firstId(here);
    long until = end.orElse(Long.MAX_VALUE);
    if (start.isPresent()) {
      long from = start.getAsLong();
      boolean all = first == 0 || here.getFirst().time() < from;
      List<AggregateTrade> past = all ? List.of() : history.aggregates(symbol, from, until, limit);
      return ascending(
          past, here, first, each -> each.time() >= from && each.time() <= until, limit);
    }
    List<AggregateTrade> last =
        new ArrayList<>(here.stream().filter(each -> each.time() <= until).toList());
    if (last.size() < limit && first > 0) {
      int more = limit - last.size();
      last.addAll(
          0,
          last.isEmpty()
              ? history.aggregatesUntil(symbol, until, more)
              : history.aggregatesBefore(symbol, first, more));
    }
    return last.subList(Math.max(0, last.size() - limit), last.size());
  }

  private static long firstId(List<AggregateTrade> here) {
    return here.isEmpty() ? 0 : here.getFirst().id();
  }

  private static List<AggregateTrade> ascending(
      List<AggregateTrade> past,
      List<AggregateTrade> here,
      long first,
      Predicate<AggregateTrade> wanted,
      int limit) {
    List<AggregateTrade> found = new ArrayList<>();
    past.stream().filter(each -> each.id() < first).forEach(found::add);
    here.stream().filter(wanted).limit(limit - found.size()).forEach(found::add);
    return found;
  }
}
