package org.fondaco.api.tape;

import java.util.ArrayList;
import java.util.List;

/**
 * An interval whose days begin at the midnight of a time zone [rest-api.md §Kline/Candlestick data,
 * timeZone]. Times are microseconds since the epoch.
 *
 * @param offsetMicros what local time is ahead of UTC, a whole number of minutes
 */
public record ZonedInterval(Interval interval, long offsetMicros) {

  /** The interval in UTC. */
  public static ZonedInterval utc(Interval interval) {
    return new ZonedInterval(interval, 0);
  }

  /** When the interval that contains a point in time began. */
  public long openTime(long micros) {
    return interval.openTime(micros + offsetMicros) - offsetMicros;
  }

  /** When the first interval begins that does not begin before a point in time. */
  public long openTimeFrom(long micros) {
    long open = openTime(micros);
    return open == micros ? open : nextOpenTime(open);
  }

  public long nextOpenTime(long openMicros) {
    return interval.nextOpenTime(openMicros + offsetMicros) - offsetMicros;
  }

  public long closeTime(long openMicros) {
    return nextOpenTime(openMicros) - 1;
  }

  /** When the interval began that is so many intervals before the one that opened then. */
  public long back(long openMicros, int intervals) {
    if (interval.lengthMicros() > 0) {
      return openMicros - intervals * interval.lengthMicros();
    }
    long open = openMicros;
    for (int i = 0; i < intervals; i++) {
      open = openTime(open - 1);
    }
    return open;
  }

  /** When the interval begins that is so many intervals after the one that opened then. */
  public long forth(long openMicros, int intervals) {
    if (interval.lengthMicros() > 0) {
      return openMicros + intervals * interval.lengthMicros();
    }
    long open = openMicros;
    for (int i = 0; i < intervals; i++) {
      open = nextOpenTime(open);
    }
    return open;
  }

  /** The longest stored interval whose klines add up to klines of this one. */
  public Interval base() {
    Interval base = Interval.SECOND;
    for (Interval each : Interval.values()) {
      long length = each.lengthMicros();
      boolean divides =
          length > 0
              && offsetMicros % length == 0
              && each.compareTo(Interval.DAY) <= 0
              && (interval.compareTo(Interval.DAY) > 0 || interval.lengthMicros() % length == 0);
      if (divides) {
        base = each;
      }
    }
    return offsetMicros == 0 ? interval : base;
  }

  /** Folds klines of {@link #base()}, ascending, into klines of this interval. */
  public List<Kline> fold(List<Kline> bases) {
    if (base() == interval) {
      return bases;
    }
    List<Kline> folded = new ArrayList<>();
    KlineFold fold = new KlineFold(Long.MIN_VALUE, Long.MIN_VALUE);
    for (Kline base : bases) {
      if (base.openTime() > fold.closeTime()) {
        if (fold.traded()) {
          folded.add(fold.kline());
        }
        long open = openTime(base.openTime());
        fold = new KlineFold(open, closeTime(open));
      }
      fold.add(base);
    }
    if (fold.traded()) {
      folded.add(fold.kline());
    }
    return folded;
  }

  /**
   * Puts idle klines where nobody traded.
   *
   * @param traded klines with trades, ascending; one before {@code from} gives the first price
   * @param from open time of the first kline wanted
   * @param to open time of the last kline wanted
   * @return nothing before the first trade
   */
  public List<Kline> filled(List<Kline> traded, long from, long to) {
    List<Kline> filled = new ArrayList<>();
    int next = 0;
    long price = 0;
    while (next < traded.size() && traded.get(next).openTime() < from) {
      price = traded.get(next++).close();
    }
    long open = from;
    if (price == 0 && next < traded.size()) {
      open = traded.get(next).openTime();
    }
    for (; open <= to && (price != 0 || next < traded.size()); open = nextOpenTime(open)) {
      Kline kline = next < traded.size() ? traded.get(next) : null;
      if (kline != null && kline.openTime() == open) {
        next++;
      } else {
        kline = Kline.idle(open, closeTime(open), price);
      }
      price = kline.close();
      filled.add(kline);
    }
    return filled;
  }
}
