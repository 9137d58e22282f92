package org.fondaco.api.market;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fondaco.api.projection.TapeHistory;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.KlineFold;
import org.fondaco.api.tape.Tape;
import org.fondaco.api.tape.ZonedInterval;

/**
 * Klines of any time: the tape's, which is never behind, and before them the history's. The tape is
 * asked first: what it forgets afterwards is in the history before the history is asked. May block.
 */
final class KlineReader {
  private final Tape tape;
  private final TapeHistory history;

  KlineReader(Tape tape, TapeHistory history) {
    this.tape = tape;
    this.history = history;
  }

  /**
   * Klines ascending, idle intervals filled in, none before the first trade: from a start on, or
   * the last ones before an end, or the latest.
   *
   * @param start least open time wanted, microseconds
   * @param end greatest open time wanted, microseconds
   * @throws org.fondaco.api.projection.HistoryUnavailable when memory does not reach back so far
   *     and the database cannot be reached
   */
  List<Kline> klines(
      int symbol, ZonedInterval grid, OptionalLong start, OptionalLong end, int limit) {
    Interval base = grid.base();
    List<Kline> here = tape.traded(symbol, base);
    long now = here.isEmpty() ? 0 : Math.max(tape.nowMicros(), here.getLast().openTime());
    if (here.isEmpty() || start.orElse(0) > now) {
      return List.of();
    }
    long last = grid.openTime(Math.min(now, end.orElse(now)));
    long first = grid.back(last, limit - 1);
    if (start.isPresent()) {
      first = grid.openTimeFrom(start.getAsLong());
    }
    Optional<Kline> before = before(here, symbol, base, first);
    if (before.isEmpty()) {
      List<Kline> earliest = rows(here, symbol, base, first, Long.MAX_VALUE, 1);
      if (earliest.isEmpty()) {
        return List.of();
      }
      first = grid.openTime(earliest.getFirst().openTime());
    }
    last = Math.min(last, grid.forth(first, limit - 1));
    if (first > last) {
      return List.of();
    }
    List<Kline> traded = new ArrayList<>();
    before.ifPresent(traded::add);
    traded.addAll(
        grid.fold(rows(here, symbol, base, first, grid.nextOpenTime(last), Integer.MAX_VALUE)));
    return grid.filled(traded, first, last);
  }

  /**
   * All trades from a whole minute until now as one kline: minutes up to the next hour, hours up to
   * the next day, then days, so that a window of a week is a hundred rows at most.
   *
   * @param from begin of a minute, microseconds
   */
  Kline since(int symbol, long from, long closeTime) {
    long hour = ZonedInterval.utc(Interval.HOUR).openTimeFrom(from);
    long day = ZonedInterval.utc(Interval.DAY).openTimeFrom(hour);
    KlineFold fold = new KlineFold(from, closeTime);
    rows(symbol, Interval.MINUTE, from, hour).forEach(fold::add);
    rows(symbol, Interval.HOUR, hour, day).forEach(fold::add);
    rows(symbol, Interval.DAY, day, Long.MAX_VALUE).forEach(fold::add);
    return fold.kline();
  }

  /** Klines with trades, ascending, that opened in a span of time. */
  private List<Kline> rows(int symbol, Interval interval, long from, long before) {
    return from >= before
        ? List.of()
        : rows(tape.traded(symbol, interval), symbol, interval, from, before, Integer.MAX_VALUE);
  }

  private List<Kline> rows(
      List<Kline> here, int symbol, Interval interval, long from, long before, int limit) {
    List<Kline> rows = new ArrayList<>();
    if (!complete(here) && from < here.getFirst().openTime()) {
      long until = Math.min(before, here.getFirst().openTime());
      rows.addAll(history.klines(symbol, interval, from, until, limit));
    }
    for (Kline kline : here) {
      if (kline.openTime() >= from && kline.openTime() < before && rows.size() < limit) {
        rows.add(kline);
      }
    }
    return rows;
  }

  private Optional<Kline> before(List<Kline> here, int symbol, Interval interval, long time) {
    Optional<Kline> last =
        here.reversed().stream().filter(kline -> kline.openTime() < time).findFirst();
    return last.isPresent() || complete(here) ? last : history.klineBefore(symbol, interval, time);
  }

  /** Nothing is before what is here. */
  private static boolean complete(List<Kline> here) {
    return here.isEmpty() || here.getFirst().firstTradeId() == 0;
  }
}
