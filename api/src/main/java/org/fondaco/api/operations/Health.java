package org.fondaco.api.operations;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.json.JsonWriter;
import org.fondaco.api.redis.Redis;
import org.fondaco.db.Database;
import org.fondaco.engine.host.EngineHost;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the venue is well (docs/adr/0026). Answers name parts and say UP or DOWN, never why: that
 * is in the log. An answer is at most a second old, so that asking often costs nothing.
 */
public final class Health {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
  private static final double LAG_SECONDS_MAX = 60;
  private static final int QUERY_SECONDS_MAX = 2;

  private final Map<String, BooleanSupplier> trading = new LinkedHashMap<>();
  private final Map<String, BooleanSupplier> everything = new LinkedHashMap<>();
  private @Nullable Report ready;
  private long readyNanos;

  /** What was found. */
  record Report(boolean up, Map<String, Boolean> parts) {

    JsonWriter json() {
      JsonWriter json = new JsonWriter(256).beginObject();
      json.field("status", word(up));
      json.name("components").beginObject();
      parts.forEach((part, partUp) -> json.field(part, word(partUp)));
      return json.endObject().endObject();
    }

    private static String word(boolean up) {
      return up ? "UP" : "DOWN";
    }
  }

  /**
   * @param redis asked only if there is one
   * @param chainNodes asked only if there are some
   * @param custody asked only if there is some
   * @param metrics knows the projector's lag
   */
  public Health(
      EngineHost host,
      Database database,
      Optional<Redis> redis,
      Optional<ChainNodes> chainNodes,
      Optional<CustodyWatch> custody,
      Metrics metrics) {
    trading.put("engine", () -> !host.halted().isDone());
    trading.put("journal", host::hasRoom);
    everything.putAll(trading);
    everything.put("database", () -> answers(database));
    everything.put("projector", () -> metrics.projectorLagSeconds() < LAG_SECONDS_MAX);
    redis.ifPresent(present -> everything.put("redis", present::available));
    chainNodes.ifPresent(present -> everything.put("chainNodes", present::isWell));
    custody.ifPresent(present -> everything.put("custody", present::isWell));
  }

  /** Whether orders are taken: what depends on nothing outside this process. Never waits. */
  Report trading() {
    return report(trading);
  }

  /** Whether everything works, history and people included. May wait for the database. */
  synchronized Report ready() {
    Report last = ready;
    if (last == null || System.nanoTime() - readyNanos > FRESH_NANOS) {
      last = report(everything);
      ready = last;
      readyNanos = System.nanoTime();
    }
    return last;
  }

  private static Report report(Map<String, BooleanSupplier> parts) {
    Map<String, Boolean> found = new LinkedHashMap<>();
    parts.forEach((part, up) -> found.put(part, up.getAsBoolean()));
    return new Report(!found.containsValue(false), found);
  }

  private static boolean answers(Database database) {
    try {
      return database.jooq().selectOne().queryTimeout(QUERY_SECONDS_MAX).fetchOne() != null;
    } catch (DataAccessException e) {
      return false;
    }
  }
}
