package org.fondaco.api.operations;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.fondaco.api.chain.ChainNode;
import org.fondaco.api.chain.ChainNodes;
import org.fondaco.api.chain.UtxoNodes;
import org.fondaco.api.feed.EventFeed;
import org.fondaco.api.http.RequestObserver;
import org.fondaco.api.socket.SocketCounters;
import org.fondaco.engine.host.EngineHost;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured, in one registry, exposed in Prometheus' text format. Whatever is
 * already counted elsewhere is only read here, when it is asked for.
 */
public final class Metrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RequestTimes requests = new RequestTimes(registry);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private volatile @Nullable VenueCounters lag;

  /** What the JVM and the process say about themselves. */
  public Metrics() {
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collector.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Who is to be told of every request. */
  public RequestObserver requests() {
    return requests;
  }

  /** Measures the engine: ring, journal, sequence, projector. */
  public void watch(EngineHost host) {
    gauge("fondaco.ring.slots", "Slots of the ingress ring", host, EngineHost::ringSlots);
    gauge(
        "fondaco.ring.slots.used",
        "Slots of the ingress ring in use",
        host,
        EngineHost::ringSlotsUsed);
    gauge("fondaco.journal.bytes", "Length of the journal", host, EngineHost::journalBytes);
    counter(
        "fondaco.engine.commands",
        "Commands executed since the venue's birth, which is the journal's sequence",
        host,
        h -> h.readModel().sequence());
    gauge(
        "fondaco.projector.sequence",
        "Sequence up to which the database has everything",
        host,
        h -> h.readModel().watermark());
    gauge(
        "fondaco.projector.lag.commands",
        "Commands that the database does not have yet",
        host,
        h -> Math.max(0, h.readModel().sequence() - h.readModel().watermark()));
    gauge(
        "fondaco.engine.halted",
        "1 = the engine stopped by itself",
        host,
        h -> h.halted().isDone() ? 1 : 0);
    Timer syncs =
        Timer.builder("fondaco.journal.sync")
            .description("Writing and fdatasync of a group of commands")
            .serviceLevelObjectives(
                Duration.ofNanos(50_000),
                Duration.ofNanos(100_000),
                Duration.ofNanos(250_000),
                Duration.ofNanos(500_000),
                Duration.ofMillis(1),
                Duration.ofNanos(2_500_000),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(250),
                Duration.ofSeconds(1))
            .register(registry);
    host.observeSyncs(nanos -> syncs.record(nanos, TimeUnit.NANOSECONDS));
  }

  /** Measures the feed and counts what it carries. */
  public void watch(EventFeed feed, EngineHost host) {
    gauge(
        "fondaco.feed.backlog.bytes",
        "Events waiting for the feed's thread",
        feed,
        EventFeed::backlogBytes);
    counter(
        "fondaco.feed.lost.groups",
        "Groups that the feed left out because its thread was behind",
        feed,
        EventFeed::lostGroups);
    VenueCounters counters = new VenueCounters(registry, host.readModel());
    feed.subscribe(counters);
    lag = counters;
    gauge(
        "fondaco.projector.lag.seconds",
        "How long ago the oldest command was executed that the database does not have yet",
        counters,
        VenueCounters::lagSeconds);
  }

  /** Reads where custody stands. */
  public void watch(CustodyWatch custody) {
    custody.register(registry);
  }

  /** Reads where the embedded chains are. */
  public void watch(ChainNodes nodes) {
    watch(nodes.account());
    watch(nodes.utxo());
  }

  private void watch(ChainNode chainNode) {
    gauge("fondaco.chain.node.block", "Height of the embedded chain", chainNode, ChainNode::height);
    gauge(
        "fondaco.chain.node.pool",
        "Transactions that wait for a block of it",
        chainNode,
        ChainNode::waiting);
  }

  private void watch(UtxoNodes nodes) {
    for (String coin : nodes.coins()) {
      coinGauge("fondaco.utxo.node.block", "Height of the chain", coin, () -> nodes.height(coin));
      coinGauge(
          "fondaco.utxo.node.pool",
          "Transactions that wait for a block",
          coin,
          () -> nodes.waiting(coin));
    }
  }

  private void coinGauge(String name, String description, String coin, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).tag("coin", coin).register(registry);
  }

  /** Reads the counters of the WebSocket server. */
  public void watch(SocketCounters sockets) {
    gauge("fondaco.websocket.connections", "Open now", sockets, SocketCounters::open);
    counter("fondaco.websocket.opened", "Ever opened", sockets, SocketCounters::opened);
    counter("fondaco.websocket.read", "Messages read", sockets, SocketCounters::messagesIn);
    counter("fondaco.websocket.sent", "Messages sent", sockets, SocketCounters::messagesOut);
    counter("fondaco.websocket.sent.bytes", "Bytes sent", sockets, SocketCounters::bytesOut);
    for (SocketCounters.Refusal reason : SocketCounters.Refusal.values()) {
      FunctionCounter.builder("fondaco.websocket.refused", sockets, s -> s.refused(reason))
          .description("Handshakes refused")
          .tag("reason", reason.name())
          .register(registry);
    }
    for (SocketCounters.Ending reason : SocketCounters.Ending.values()) {
      FunctionCounter.builder("fondaco.websocket.ended", sockets, s -> s.ended(reason))
          .description("Connections that the venue ended")
          .tag("reason", reason.name())
          .register(registry);
    }
  }

  /** How long ago the oldest command was executed that the database lacks; 0 = it lacks none. */
  double projectorLagSeconds() {
    VenueCounters counters = lag;
    return counters == null ? 0 : counters.lagSeconds();
  }

  /** The text of a scrape. */
  String scrape() {
    return registry.scrape();
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(name, of, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private <T> void counter(String name, String description, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, of, value).description(description).register(registry);
  }

  @Override
  public void close() {
    collector.close();
    registry.close();
  }
}
