package org.fondaco.api.projection;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.engine.protocol.EngineEvent.Trade;

/**
 * What accounts traded since the last commit, per UTC day and quote asset. A trade counts for both
 * of its accounts, and for neither when they are one: trading with oneself earns no tier.
 */
final class VolumeRows {
  private static final long DAY_MICROS = 86_400_000_000L;

  private final Map<Key, Volume> volumes = new HashMap<>();
  private final CopyRows rows = new CopyRows(Staged.VOLUMES.columns());

  private record Key(int day, long account, int quoteAsset) {}

  private static final class Volume {
    long units;
  }

  void traded(Trade trade, int quoteAsset, long time) {
    if (trade.takerAccount() == trade.makerAccount()) {
      return;
    }
    int day = (int) Math.floorDiv(time, DAY_MICROS);
    add(new Key(day, trade.takerAccount(), quoteAsset), trade.quoteQuantity());
    add(new Key(day, trade.makerAccount(), quoteAsset), trade.quoteQuantity());
  }

  private void add(Key key, long units) {
    Volume volume = volumes.computeIfAbsent(key, absent -> new Volume());
    if (volume.units > Long.MAX_VALUE - units) {
      row(key, volume.units);
      volume.units = 0;
    }
    volume.units += units;
  }

  private void row(Key key, long units) {
    rows.integer(key.day()).bigint(key.account()).integer(key.quoteAsset()).bigint(units).end();
  }

  int size() {
    return volumes.size();
  }

  /** The rows to add, of which several may be about one key. */
  CopyRows rows() {
    volumes.forEach((key, volume) -> {
      if (volume.units > 0) {
        row(key, volume.units);
        volume.units = 0;
      }
    });
    return rows;
  }

  void clear() {
    volumes.clear();
    rows.clear();
  }
}
