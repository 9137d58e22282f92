package org.fondaco.api.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.fondaco.api.feed.Group;
import org.fondaco.api.feed.GroupSubscriber;
import org.fondaco.engine.protocol.EngineEvent;
import org.fondaco.engine.readmodel.ReadModel;

/**
 * Counts what left the engine, on the feed's thread. Groups that the feed left out are not counted;
 * {@code fondaco_feed_lost_groups_total} says how many these are.
 */
final class VenueCounters implements GroupSubscriber {
  private static final long SAMPLE_NANOS = 100_000_000L;
  private static final int SAMPLES_MAX = 20_000;

  private final MeterRegistry registry;
  private final ReadModel readModel;
  private final Counter events;
  private final Map<Integer, Counter> orders = new HashMap<>();
  private final Map<Integer, Counter> trades = new HashMap<>();
  private final Deque<Sample> samples = new ArrayDeque<>();

  /** A group and when it was seen. */
  private record Sample(long sequence, long nanos) {}

  VenueCounters(MeterRegistry registry, ReadModel readModel) {
    this.registry = registry;
    this.readModel = readModel;
    this.events =
        Counter.builder("fondaco.engine.events")
            .description("Events that left the engine")
            .register(registry);
  }

  @Override
  public void group(Group group) {
    events.increment(group.events().size());
    for (EngineEvent event : group.events()) {
      if (event instanceof EngineEvent.OrderAccepted accepted) {
        orders
            .computeIfAbsent(
                accepted.symbol(), symbol -> counter("fondaco.orders", "Orders accepted", symbol))
            .increment();
      } else if (event instanceof EngineEvent.Trade trade) {
        trades
            .computeIfAbsent(trade.symbol(), symbol -> counter("fondaco.trades", "Trades", symbol))
            .increment();
      }
    }
    sample(group.sequence(), System.nanoTime());
  }

  @Override
  public void lost() {}

  @Override
  public void caughtUp() {}

  private Counter counter(String name, String description, int symbol) {
    String symbolName =
        readModel.symbols().stream()
            .filter(known -> known.symbol() == symbol)
            .map(EngineEvent.SymbolChanged::name)
            .findFirst()
            .orElse(Integer.toString(symbol));
    return Counter.builder(name)
        .description(description)
        .tag("symbol", symbolName)
        .register(registry);
  }

  private synchronized void sample(long sequence, long nanos) {
    Sample last = samples.peekLast();
    if ((last == null || nanos - last.nanos() >= SAMPLE_NANOS) && samples.size() < SAMPLES_MAX) {
      samples.add(new Sample(sequence, nanos));
    }
    forgetProjected();
  }

  /** How long ago the oldest group that the database lacks was seen; 0 = it lacks none. */
  synchronized double lagSeconds() {
    forgetProjected();
    Sample oldest = samples.peek();
    return oldest == null ? 0 : (System.nanoTime() - oldest.nanos()) / 1e9;
  }

  private void forgetProjected() {
    long watermark = readModel.watermark();
    while (!samples.isEmpty() && samples.peek().sequence() <= watermark) {
      samples.remove();
    }
  }
}
