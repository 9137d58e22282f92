package org.fondaco.api.tape;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The intervals of klines [rest-api.md §Kline/Candlestick data]. All are aligned to UTC: those of
 * three days to the epoch, weeks to Monday, months to the calendar. Times are microseconds since
 * the epoch.
 */
public enum Interval {
  SECOND("1s", 1),
  MINUTE("1m", 60),
  MINUTES_3("3m", 180),
  MINUTES_5("5m", 300),
  MINUTES_15("15m", 900),
  MINUTES_30("30m", 1_800),
  HOUR("1h", 3_600),
  HOURS_2("2h", 7_200),
  HOURS_4("4h", 14_400),
  HOURS_6("6h", 21_600),
  HOURS_8("8h", 28_800),
  HOURS_12("12h", 43_200),
  DAY("1d", 86_400),
  DAYS_3("3d", 259_200),
  WEEK("1w", 604_800),
  MONTH("1M", 0);

  private static final long SECOND_MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * SECOND_MICROS;
  // The epoch was a Thursday; the Monday after it is day 4.
  private static final long MONDAY_MICROS = 4 * DAY_MICROS;
  private static final Map<String, Interval> BY_TEXT =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(Interval::text, Function.identity()));

  private final String text;
  private final long lengthMicros;

  Interval(String text, long lengthSeconds) {
    this.text = text;
    this.lengthMicros = lengthSeconds * SECOND_MICROS;
  }

  /** The word of the API, for example {@code 15m}; {@code 1m} is a minute, {@code 1M} a month. */
  public String text() {
    return text;
  }

  /** The interval of this word, which is case-sensitive. */
  public static Optional<Interval> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  /** Length in microseconds; 0 = months, whose lengths differ. */
  public long lengthMicros() {
    return lengthMicros;
  }

  /** When the interval that contains a point in time began. */
  public long openTime(long micros) {
    return switch (this) {
      case MONTH -> month(micros, 0);
      case WEEK -> micros - Math.floorMod(micros - MONDAY_MICROS, lengthMicros);
      case SECOND,
          MINUTE,
          MINUTES_3,
          MINUTES_5,
          MINUTES_15,
          MINUTES_30,
          HOUR,
          HOURS_2,
          HOURS_4,
          HOURS_6,
          HOURS_8,
          HOURS_12,
          DAY,
          DAYS_3 ->
          micros - Math.floorMod(micros, lengthMicros);
    };
  }

  /** When the interval after the one that opened then begins. */
  public long nextOpenTime(long openMicros) {
    return this == MONTH ? month(openMicros, 1) : openMicros + lengthMicros;
  }

  /** The last microsecond of the interval that opened then. */
  public long closeTime(long openMicros) {
    return nextOpenTime(openMicros) - 1;
  }

  private static long month(long micros, int later) {
    LocalDate day =
        Instant.ofEpochSecond(Math.floorDiv(micros, SECOND_MICROS))
            .atZone(ZoneOffset.UTC)
            .toLocalDate();
    return day.withDayOfMonth(1).plusMonths(later).toEpochDay() * DAY_MICROS;
  }
}
