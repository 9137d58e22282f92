package org.fondaco.chain.trace;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.fondaco.chain.rpc.RpcException;

/** Durations as Go writes them, which geth's tools send: {@code 300ms}, {@code 1m30s}. */
final class Durations {
  private static final Pattern PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, BigDecimal> MILLIS =
      Map.of(
          "ns",
          new BigDecimal("0.000001"),
          "us",
          new BigDecimal("0.001"),
          "µs",
          new BigDecimal("0.001"),
          "ms",
          BigDecimal.ONE,
          "s",
          BigDecimal.valueOf(1_000),
          "m",
          BigDecimal.valueOf(60_000),
          "h",
          BigDecimal.valueOf(3_600_000));

  private Durations() {}

  /**
   * Whole milliseconds, rounded down.
   *
   * @throws RpcException if the text is no duration
   */
  static long millis(String text) throws RpcException {
    Matcher part = PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && part.find(end) && part.start() == end) {
      BigDecimal unit = MILLIS.getOrDefault(part.group(2), BigDecimal.ZERO);
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit));
      end = part.end();
    }
    if (end == 0 || end < text.length()) {
      throw RpcException.invalidParams("time: invalid duration \"" + text + "\"");
    }
    return sum.longValue();
  }
}
