package org.fondaco.api.stream;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.Side;

/**
 * What became of a book's levels since the last message: the final quantity of each price touched.
 * Messages follow one another without a gap: the first update of each is the one after the last of
 * the message before [web-socket-streams.md §How to manage a local order book correctly].
 */
final class DepthChanges {
  private static final long NONE = -1;

  private final Long2LongHashMap bids = new Long2LongHashMap(NONE);
  private final Long2LongHashMap asks = new Long2LongHashMap(NONE);
  private long first;
  private long last;

  void add(LevelChanged level) {
    if (isEmpty()) {
      first = level.updateId();
    }
    last = level.updateId();
    (level.side() == Side.BUY ? bids : asks).put(level.price(), level.quantity());
  }

  boolean isEmpty() {
    return bids.isEmpty() && asks.isEmpty();
  }

  void clear() {
    bids.clear();
    asks.clear();
  }

  /** The message that tells them; they are told then. */
  Event take(Market market, long nowMicros) {
    long from = first;
    long to = last;
    long[][] changedBids = levels(bids, true);
    long[][] changedAsks = levels(asks, false);
    clear();
    return (json, times) -> {
      json.beginObject().field("e", "depthUpdate").field("E", times.of(nowMicros));
      json.field("s", market.name()).field("U", from).field("u", to);
      write(json, "b", changedBids, market);
      write(json, "a", changedAsks, market);
      json.endObject();
    };
  }

  /** Prices and quantities, the best first. */
  private static long[][] levels(Long2LongHashMap side, boolean bids) {
    long[] prices = new long[side.size()];
    int count = 0;
    for (Long2LongHashMap.KeyIterator keys = side.keySet().iterator(); keys.hasNext(); ) {
      prices[count++] = keys.nextValue();
    }
    Arrays.sort(prices);
    long[][] levels = new long[count][];
    for (int i = 0; i < count; i++) {
      long price = prices[bids ? count - 1 - i : i];
      levels[i] = new long[] {price, side.get(price)};
    }
    return levels;
  }

  private static void write(JsonWriter json, String name, long[][] levels, Market market) {
    json.name(name).beginArray();
    for (long[] level : levels) {
      json.beginArray();
      json.decimal(level[0], market.quoteScale());
      json.decimal(level[1], market.baseScale());
      json.endArray();
    }
    json.endArray();
  }
}
