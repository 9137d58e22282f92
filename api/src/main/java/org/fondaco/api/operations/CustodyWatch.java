package org.fondaco.api.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.fondaco.custody.Custody;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.scan.ScanStatus;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Custody as operators watch it. The tables are read at most every five seconds, whoever asks; what
 * cannot be read is not a number.
 */
public final class CustodyWatch {
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

  private final Custody custody;
  private final DSLContext database;
  private final Map<ChainName, Long> waiting = new EnumMap<>(ChainName.class);
  private @Nullable CustodyReading reading;
  private long readNanos;
  private boolean asked;

  public CustodyWatch(Custody custody, DSLContext database) {
    this.custody = custody;
    this.database = database;
  }

  /**
   * Whether its threads work and every chain is followed; a chain may wait for a minute, for nodes
   * are started again.
   */
  synchronized boolean isWell() {
    long now = System.nanoTime();
    boolean well = custody.troubles().isEmpty();
    for (ScanStatus status : custody.statuses()) {
      if (status.state() == ScanStatus.State.FOLLOWING) {
        waiting.remove(status.chain());
      } else {
        long since = waiting.computeIfAbsent(status.chain(), _ -> now);
        well &= now - since < PATIENCE_NANOS;
      }
    }
    return well;
  }

  private synchronized @Nullable CustodyReading reading() {
    if (!asked || System.nanoTime() - readNanos > FRESH_NANOS) {
      try {
        reading = CustodyReading.of(database);
      } catch (DataAccessException e) {
        reading = null;
      }
      asked = true;
      readNanos = System.nanoTime();
    }
    return reading;
  }

  private double read(ToDoubleFunction<CustodyReading> value) {
    CustodyReading present = reading();
    return present == null ? Double.NaN : value.applyAsDouble(present);
  }

  void register(MeterRegistry registry) {
    gauge(registry, "outbox.pending", "Commands that the engine has not answered", r -> r.outbox());
    states(
        registry,
        "withdrawals",
        "Withdrawals that are not over",
        CustodyReading.WITHDRAWALS,
        CustodyReading::withdrawals);
    states(
        registry,
        "deposits",
        "Deposits that wait, or whose block left the chain after the credit",
        CustodyReading.DEPOSITS,
        CustodyReading::deposits);
    states(
        registry,
        "payouts",
        "Transactions of ours that are not final",
        CustodyReading.PAYOUTS,
        CustodyReading::payouts);
    gauge(
        registry,
        "attention",
        "Payouts and withdrawals that a person has to look at",
        CustodyReading::attention);
    for (String scope : CustodyReading.HALTS) {
      Gauge.builder("fondaco.custody.halts", () -> read(r -> count(r.halts(), scope)))
          .description("Halts that are not lifted")
          .tag("scope", scope)
          .register(registry);
    }
    gauge(
        registry,
        "restored.chains",
        "Chains that sign nothing until they are scanned after a restore",
        CustodyReading::restored);
    gauge(registry, "breaks.open", "Breaks that are open", CustodyReading::breaks);
    Gauge.builder("fondaco.custody.cut.age", () -> read(CustodyWatch::age))
        .description("Since the last conclusive reconciliation; no number before the first")
        .baseUnit("seconds")
        .register(registry);
    custody.statuses().forEach(status -> chain(registry, status.chain()));
  }

  private void chain(MeterRegistry registry, ChainName chain) {
    chainGauge(registry, chain, "scanner.height", "Last block that was read", s -> s.cursor());
    chainGauge(
        registry,
        chain,
        "scanner.lag.blocks",
        "Blocks that the node has and custody has not read",
        s -> s.tip() < 0 ? Double.NaN : Math.max(0, s.tip() - s.cursor()));
    chainGauge(
        registry,
        chain,
        "scanner.following",
        "1 = the chain is followed, 0 = it waits for its node or is halted",
        s -> s.state() == ScanStatus.State.FOLLOWING ? 1 : 0);
    if (!chain.hasOutputs()) {
      Gauge.builder(
              "fondaco.custody.gas.station.coins",
              () -> read(r -> r.gasStation().getOrDefault(chain.name(), 0.0)))
          .description("What the gas station has, in whole coins")
          .tag("chain", chain.name())
          .register(registry);
    }
  }

  private void chainGauge(
      MeterRegistry registry,
      ChainName chain,
      String name,
      String description,
      ToDoubleFunction<ScanStatus> value) {
    Gauge.builder(
            "fondaco.custody." + name,
            () ->
                custody.statuses().stream()
                    .filter(status -> status.chain() == chain)
                    .mapToDouble(value)
                    .findFirst()
                    .orElse(Double.NaN))
        .description(description)
        .tag("chain", chain.name())
        .register(registry);
  }

  private void states(
      MeterRegistry registry,
      String name,
      String description,
      List<String> states,
      Function<CustodyReading, Map<String, Long>> counts) {
    for (String state : states) {
      Gauge.builder("fondaco.custody." + name, () -> read(r -> count(counts.apply(r), state)))
          .description(description)
          .tag("state", state)
          .register(registry);
    }
  }

  private void gauge(
      MeterRegistry registry,
      String name,
      String description,
      ToDoubleFunction<CustodyReading> value) {
    Gauge.builder("fondaco.custody." + name, () -> read(value))
        .description(description)
        .register(registry);
  }

  private static double count(Map<String, Long> counts, String name) {
    return counts.getOrDefault(name, 0L);
  }

  private static double age(CustodyReading reading) {
    OffsetDateTime ended = reading.conclusiveCut();
    return ended == null
        ? Double.NaN
        : Duration.between(ended.toInstant(), Instant.now()).toMillis() / 1e3;
  }
}
