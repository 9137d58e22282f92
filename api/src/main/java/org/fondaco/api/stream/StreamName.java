package org.fondaco.api.stream;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of a market stream, taken apart.
 *
 * @param text the name itself
 * @param symbol name of the symbol in capitals; empty = all symbols
 * @param window interval of klines or window of tickers, for example 1m; empty = none
 * @param levels levels a side of a partial book, 0 = none
 * @param periodMillis how often it speaks, 0 = at once
 * @param east klines begin by the clock of UTC+8
 */
record StreamName(
    String text,
    Kind kind,
    String symbol,
    String window,
    int levels,
    int periodMillis,
    boolean east) {
  static final int SECOND = 1_000;
  static final int FAST = 100;
  static final int LENGTH_MAX = 64;

  private static final Set<String> INTERVALS =
      Set.of(
          "1s", "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d",
          "1w", "1M");
  private static final Set<String> WINDOWS = Set.of("1h", "4h", "1d");
  private static final String EAST = "@+08:00";

  /** Takes a name apart; null when no market stream is called so. */
  static @Nullable StreamName parse(String text) {
    if (text.length() > LENGTH_MAX || text.isEmpty()) {
      return null;
    }
    if (text.charAt(0) == '!') {
      return all(text);
    }
    int at = text.indexOf('@');
    if (at < 1 || !lowercase(text, at)) {
      return null;
    }
    return one(text, text.substring(0, at).toUpperCase(Locale.ROOT), text.substring(at + 1));
  }

  /** Whether it could be the name of a stream at all; what could not is refused. */
  static boolean wellFormed(String text) {
    if (text.isEmpty() || text.length() > 2 * LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && "!@_-.:+".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable StreamName all(String text) {
    return switch (text) {
      case "!ticker@arr" -> new StreamName(text, Kind.ALL_TICKERS, "", "", 0, SECOND, false);
      case "!miniTicker@arr" ->
          new StreamName(text, Kind.ALL_MINI_TICKERS, "", "", 0, SECOND, false);
      default -> {
        String window =
            text.startsWith("!ticker_") && text.endsWith("@arr")
                ? text.substring("!ticker_".length(), text.length() - "@arr".length())
                : "";
        yield WINDOWS.contains(window)
            ? new StreamName(text, Kind.ALL_ROLLING_TICKERS, "", window, 0, SECOND, false)
            : null;
      }
    };
  }

  private static @Nullable StreamName one(String text, String symbol, String what) {
    return switch (what) {
      case "trade" -> new StreamName(text, Kind.TRADE, symbol, "", 0, 0, false);
      case "aggTrade" -> new StreamName(text, Kind.AGG_TRADE, symbol, "", 0, 0, false);
      case "bookTicker" -> new StreamName(text, Kind.BOOK_TICKER, symbol, "", 0, 0, false);
      case "ticker" -> new StreamName(text, Kind.TICKER, symbol, "", 0, SECOND, false);
      case "miniTicker" -> new StreamName(text, Kind.MINI_TICKER, symbol, "", 0, SECOND, false);
      case "avgPrice" -> new StreamName(text, Kind.AVERAGE_PRICE, symbol, "", 0, SECOND, false);
      default -> detailed(text, symbol, what);
    };
  }

  private static @Nullable StreamName detailed(String text, String symbol, String what) {
    if (what.startsWith("kline_")) {
      boolean east = what.endsWith(EAST);
      String interval =
          what.substring("kline_".length(), what.length() - (east ? EAST.length() : 0));
      int period = interval.equals("1s") ? SECOND : 2 * SECOND;
      return INTERVALS.contains(interval)
          ? new StreamName(text, Kind.KLINE, symbol, interval, 0, period, east)
          : null;
    }
    if (what.startsWith("ticker_")) {
      String window = what.substring("ticker_".length());
      return WINDOWS.contains(window)
          ? new StreamName(text, Kind.ROLLING_TICKER, symbol, window, 0, SECOND, false)
          : null;
    }
    return what.startsWith("depth") ? depth(text, symbol, what.substring("depth".length())) : null;
  }

  private static @Nullable StreamName depth(String text, String symbol, String rest) {
    int period = SECOND;
    String levels = rest;
    int at = rest.indexOf('@');
    if (at >= 0) {
      period =
          switch (rest.substring(at)) {
            case "@100ms" -> FAST;
            case "@1000ms" -> SECOND;
            default -> 0;
          };
      levels = rest.substring(0, at);
    }
    if (period == 0) {
      return null;
    }
    return switch (levels) {
      case "" -> new StreamName(text, Kind.DEPTH, symbol, "", 0, period, false);
      case "5", "10", "20" ->
          new StreamName(
              text, Kind.PARTIAL_DEPTH, symbol, "", Integer.parseInt(levels), period, false);
      default -> null;
    };
  }

  private static boolean lowercase(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return false;
      }
    }
    return true;
  }
}
