package org.fondaco.api.projection;

import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Kline;
import org.fondaco.api.tape.Ticker;

/**
 * The straightforward way: all trades in a list, folded anew for every question with BigInteger and
 * the calendar of java.time.
 */
public final class NaiveTape {
  private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);
  private static final long DAY_MICROS = Duration.ofDays(1).toNanos() / 1_000;

  /** A public trade. */
  public record Trade(
      int symbol,
      long id,
      long price,
      long quantity,
      long quoteQuantity,
      long time,
      boolean takerBuys,
      long takerOrder,
      long sequence) {}

  private final List<Trade> trades = new ArrayList<>();

  public void add(Trade trade) {
    trades.add(trade);
  }

  public List<Trade> trades(int symbol) {
    return trades.stream().filter(trade -> trade.symbol() == symbol).toList();
  }

  /** Klines with trades only, ascending. */
  public List<Kline> klines(int symbol, String interval, Duration offset) {
    Map<LocalDateTime, List<Trade>> intervals = new LinkedHashMap<>();
    for (Trade trade : trades(symbol)) {
      LocalDateTime local = EPOCH.plus(trade.time(), ChronoUnit.MICROS).plus(offset);
      intervals.computeIfAbsent(open(local, interval), _ -> new ArrayList<>()).add(trade);
    }
    List<Kline> klines = new ArrayList<>();
    intervals.forEach((open, inside) ->
        klines.add(
            kline(
                micros(open.minus(offset)),
                micros(next(open, interval).minus(offset)) - 1,
                inside)));
    return klines;
  }

  /** As klines, with the idle ones between the first trade and a time. */
  public List<Kline> filled(int symbol, String interval, Duration offset, long nowMicros) {
    List<Kline> filled = new ArrayList<>();
    for (Kline kline : klines(symbol, interval, offset)) {
      idleUntil(filled, kline.openTime(), interval, offset);
      filled.add(kline);
    }
    idleUntil(filled, nowMicros + 1, interval, offset);
    return filled;
  }

  private static void idleUntil(
      List<Kline> filled, long openTime, String interval, Duration offset) {
    while (!filled.isEmpty() && filled.getLast().closeTime() + 1 < openTime) {
      LocalDateTime open =
          EPOCH.plus(filled.getLast().closeTime() + 1, ChronoUnit.MICROS).plus(offset);
      filled.add(
          Kline.idle(
              micros(open.minus(offset)),
              micros(next(open, interval).minus(offset)) - 1,
              filled.getLast().close()));
    }
  }

  private static Kline kline(long open, long close, List<Trade> inside) {
    BigInteger[] sums = {BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO};
    for (Trade trade : inside) {
      sums[0] = sums[0].add(BigInteger.valueOf(trade.quantity()));
      sums[1] = sums[1].add(BigInteger.valueOf(trade.quoteQuantity()));
      if (trade.takerBuys()) {
        sums[2] = sums[2].add(BigInteger.valueOf(trade.quantity()));
        sums[3] = sums[3].add(BigInteger.valueOf(trade.quoteQuantity()));
      }
    }
    return new Kline(
        open,
        close,
        inside.getFirst().price(),
        inside.stream().mapToLong(Trade::price).max().orElseThrow(),
        inside.stream().mapToLong(Trade::price).min().orElseThrow(),
        inside.getLast().price(),
        sums[0],
        sums[1],
        inside.size(),
        sums[2],
        sums[3],
        inside.getFirst().id(),
        inside.getLast().id());
  }

  /** The trades between two times, both included, as one kline; null when there was none. */
  public Kline window(int symbol, long from, long to) {
    List<Trade> inside =
        trades(symbol).stream().filter(t -> t.time() >= from && t.time() <= to).toList();
    return inside.isEmpty() ? Kline.idle(from, to, 0) : kline(from, to, inside);
  }

  /** Of the last 24 hours, the second that the window cuts included; without best prices. */
  public Ticker ticker(int symbol, long now) {
    long from = now - DAY_MICROS - Math.floorMod(now, 1_000_000L);
    Kline window = window(symbol, from, Long.MAX_VALUE);
    long before = 0;
    long lastQuantity = 0;
    for (Trade trade : trades(symbol)) {
      before = trade.time() < from ? trade.price() : before;
      lastQuantity = window.trades() > 0 ? trade.quantity() : 0;
    }
    return new Ticker(
        symbol,
        before,
        window.open(),
        window.high(),
        window.low(),
        window.close(),
        lastQuantity,
        0,
        0,
        0,
        0,
        window.volume(),
        window.quoteVolume(),
        now - DAY_MICROS,
        now,
        window.firstTradeId(),
        window.lastTradeId(),
        window.trades());
  }

  /** All aggregates, ascending. */
  public List<AggregateTrade> aggregates(int symbol) {
    List<AggregateTrade> aggregates = new ArrayList<>();
    Trade before = null;
    for (Trade trade : trades(symbol)) {
      if (before != null
          && before.sequence() == trade.sequence()
          && before.takerOrder() == trade.takerOrder()
          && before.price() == trade.price()) {
        AggregateTrade open = aggregates.removeLast();
        aggregates.add(
            new AggregateTrade(
                symbol,
                open.id(),
                open.price(),
                Math.addExact(open.quantity(), trade.quantity()),
                open.firstTradeId(),
                trade.id(),
                open.time(),
                open.buyerIsMaker()));
      } else {
        aggregates.add(
            new AggregateTrade(
                symbol,
                aggregates.size(),
                trade.price(),
                trade.quantity(),
                trade.id(),
                trade.id(),
                trade.time(),
                !trade.takerBuys()));
      }
      before = trade;
    }
    return aggregates;
  }

  private static LocalDateTime open(LocalDateTime local, String interval) {
    int count = Integer.parseInt(interval.substring(0, interval.length() - 1));
    LocalDateTime day = local.truncatedTo(ChronoUnit.DAYS);
    return switch (interval.charAt(interval.length() - 1)) {
      case 's' -> local.truncatedTo(ChronoUnit.SECONDS);
      case 'm' -> local.truncatedTo(ChronoUnit.MINUTES).minusMinutes(local.getMinute() % count);
      case 'h' -> local.truncatedTo(ChronoUnit.HOURS).minusHours(local.getHour() % count);
      case 'd' -> day.minusDays(local.toLocalDate().toEpochDay() % count);
      case 'w' -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      default -> day.withDayOfMonth(1);
    };
  }

  private static LocalDateTime next(LocalDateTime open, String interval) {
    int count = Integer.parseInt(interval.substring(0, interval.length() - 1));
    return switch (interval.charAt(interval.length() - 1)) {
      case 's' -> open.plusSeconds(count);
      case 'm' -> open.plusMinutes(count);
      case 'h' -> open.plusHours(count);
      case 'd' -> open.plusDays(count);
      case 'w' -> open.plusWeeks(count);
      default -> open.plusMonths(count);
    };
  }

  /** Microseconds since the epoch of a time in UTC. */
  public static long micros(LocalDateTime utc) {
    return utc.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + utc.getNano() / 1_000;
  }
}
