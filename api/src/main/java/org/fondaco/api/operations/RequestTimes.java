package org.fondaco.api.operations;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.fondaco.api.http.Endpoint;
import org.fondaco.api.http.RequestObserver;
import org.jspecify.annotations.Nullable;

/**
 * Latency histograms by endpoint and status. A timer is found by the endpoint's identity and an
 * index, so that a request that is like an earlier one allocates nothing here.
 */
final class RequestTimes implements RequestObserver {
  private static final int STATUS_MAX = 600;

  /** From what a request in memory takes to what nobody should wait for. */
  private static final Duration[] BUCKETS = {
    Duration.ofNanos(100_000),
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final ConcurrentMap<String, ByStatus> byEndpoint = new ConcurrentHashMap<>();
  private final ByStatus refused = new ByStatus("none", "none");

  private final class ByStatus {
    private final String method;
    private final String path;
    private final AtomicReferenceArray<@Nullable Timer> timers =
        new AtomicReferenceArray<>(STATUS_MAX);

    ByStatus(String method, String path) {
      this.method = method;
      this.path = path;
    }

    void record(int status, long nanos) {
      int index = status > 0 && status < STATUS_MAX ? status : 0;
      Timer timer = timers.get(index);
      if (timer == null) {
        timer = register(index);
        timers.set(index, timer);
      }
      timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer register(int status) {
      return Timer.builder("fondaco.requests")
          .description("Requests by endpoint and status, over HTTP and WebSockets")
          .tag("method", method)
          .tag("endpoint", path)
          .tag("status", Integer.toString(status))
          .serviceLevelObjectives(BUCKETS)
          .register(registry);
    }
  }

  RequestTimes(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void served(@Nullable Endpoint endpoint, int status, long nanos) {
    if (endpoint == null) {
      refused.record(status, nanos);
      return;
    }
    // Paths are templates and few; those of two methods differ in the map of their own below.
    ByStatus times = byEndpoint.get(endpoint.path());
    if (times == null || !times.method.equals(endpoint.method().name())) {
      times =
          byEndpoint.computeIfAbsent(
              endpoint.method().name() + " " + endpoint.path(),
              key -> new ByStatus(endpoint.method().name(), endpoint.path()));
      byEndpoint.putIfAbsent(endpoint.path(), times);
    }
    times.record(status, nanos);
  }
}
