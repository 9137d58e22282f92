package org.fondaco.api.torture;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What customers have gained and given by trading, read from their own trade lists as they grow.
 */
final class Fills {
  private static final int PAGE = 1_000;

  private final World world;
  private final List<String> symbols;
  private final Map<String, Map<String, BigDecimal>> net = new HashMap<>();
  private final Map<String, Long> next = new HashMap<>();
  private long count;

  Fills(World world, List<String> symbols) {
    this.world = world;
    this.symbols = symbols;
  }

  /** How many have been read. */
  long count() {
    return count;
  }

  /** By asset, in whole coins, fees taken off. */
  Map<String, BigDecimal> net(String customer) throws IOException, InterruptedException {
    Map<String, BigDecimal> sums = net.computeIfAbsent(customer, _ -> new TreeMap<>());
    for (String symbol : symbols) {
      int page = PAGE;
      while (page == PAGE) {
        String key = customer + " " + symbol;
        JsonNode fills =
            world
                .person(customer)
                .signed(
                    "GET",
                    "/api/v3/myTrades",
                    "symbol=%s&limit=%d&fromId=%d"
                        .formatted(symbol, PAGE, next.getOrDefault(key, 0L)))
                .orThrow();
        page = fills.size();
        for (JsonNode fill : fills) {
          take(sums, symbol, fill);
          next.merge(key, fill.path("id").asLong() + 1, Math::max);
        }
      }
    }
    return sums;
  }

  private void take(Map<String, BigDecimal> sums, String symbol, JsonNode fill) {
    count++;
    boolean buys = fill.path("isBuyer").asBoolean();
    BigDecimal quantity = new BigDecimal(fill.path("qty").asString());
    BigDecimal quote = new BigDecimal(fill.path("quoteQty").asString());
    String base = symbol.substring(0, symbol.length() - "USDT".length());
    sums.merge(base, buys ? quantity : quantity.negate(), BigDecimal::add);
    sums.merge("USDT", buys ? quote.negate() : quote, BigDecimal::add);
    sums.merge(
        fill.path("commissionAsset").asString(),
        new BigDecimal(fill.path("commission").asString()).negate(),
        BigDecimal::add);
  }
}
