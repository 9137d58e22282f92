package org.fondaco.api.stream;

import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.symbol.Market;
import org.fondaco.engine.protocol.EngineEvent.LevelChanged;
import org.fondaco.engine.protocol.Side;
import org.fondaco.engine.readmodel.ReadModel;

/** A symbol's levels as the events told them so far, which the read model may be ahead of. */
final class Book {
  private final Market market;
  private final NavigableMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
  private final NavigableMap<Long, Long> asks = new TreeMap<>();
  private long updateId;
  private Best told;

  /** The best prices and what is displayed there, zeros = nothing. */
  private record Best(long bid, long bidQuantity, long ask, long askQuantity) {}

  Book(Market market, ReadModel.Depth snapshot) {
    this.market = market;
    this.updateId = snapshot.updateId();
    snapshot.bids().forEach(level -> bids.put(level.price(), level.quantity()));
    snapshot.asks().forEach(level -> asks.put(level.price(), level.quantity()));
    told = best();
  }

  /** Applies a change unless the snapshot had it. */
  void apply(LevelChanged level) {
    if (level.updateId() <= updateId) {
      return;
    }
    updateId = level.updateId();
    Map<Long, Long> side = level.side() == Side.BUY ? bids : asks;
    if (level.quantity() == 0) {
      side.remove(level.price());
    } else {
      side.put(level.price(), level.quantity());
    }
  }

  /** Whether the best prices or quantities are others than when this last said so. */
  boolean bestChanged() {
    Best now = best();
    if (now.equals(told)) {
      return false;
    }
    told = now;
    return true;
  }

  /** The best prices as the last {@link #bestChanged()} found them. */
  Event bookTicker() {
    Best now = told;
    long id = updateId;
    return (json, times) -> {
      json.beginObject().field("u", id).field("s", market.name());
      json.field("b", now.bid(), market.quoteScale());
      json.field("B", now.bidQuantity(), market.baseScale());
      json.field("a", now.ask(), market.quoteScale());
      json.field("A", now.askQuantity(), market.baseScale());
      json.endObject();
    };
  }

  /** The best levels, at most {@code levels} a side. */
  void writeTop(JsonWriter json, int levels) {
    json.beginObject().field("lastUpdateId", updateId);
    write(json, "bids", bids, levels);
    write(json, "asks", asks, levels);
    json.endObject();
  }

  private void write(JsonWriter json, String name, NavigableMap<Long, Long> side, int levels) {
    json.name(name).beginArray();
    int left = levels;
    for (Map.Entry<Long, Long> level : side.entrySet()) {
      if (left == 0) {
        break;
      }
      left--;
      json.beginArray();
      json.decimal(level.getKey(), market.quoteScale());
      json.decimal(level.getValue(), market.baseScale());
      json.endArray();
    }
    json.endArray();
  }

  private Best best() {
    Map.Entry<Long, Long> bid = bids.firstEntry();
    Map.Entry<Long, Long> ask = asks.firstEntry();
    return new Best(
        bid == null ? 0 : bid.getKey(),
        bid == null ? 0 : bid.getValue(),
        ask == null ? 0 : ask.getKey(),
        ask == null ? 0 : ask.getValue());
  }
}
