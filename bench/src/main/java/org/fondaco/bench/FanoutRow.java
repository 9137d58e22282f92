package org.fondaco.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.rest.Audience;
import org.fondaco.bench.rest.BareBroadcast;
import org.fondaco.bench.rest.OrderEntry;
import org.fondaco.bench.rest.Peer;
import org.fondaco.bench.rest.StartedVenue;
import tools.jackson.databind.JsonNode;

/**
 * One busy symbol's trades to many WebSocket clients, beside a bare broadcast of equal messages.
 */
final class FanoutRow implements Row {
  private static final int CLIENTS = 1_000;
  private static final int BYTES_PER_MESSAGE = 133;
  private static final String TARGET = "/ws/btcusdt@trade?timeUnit=MICROSECOND";

  private final List<Double> ourDelays = new ArrayList<>();
  private final List<Double> peerDelays = new ArrayList<>();
  private long bytesPerMessage;
  private volatile long gapNanos;
  private int messages;

  @Override
  public String name() {
    return "fanout";
  }

  @Override
  public String summary() {
    return "trades of one symbol to 1,000 WebSocket clients; peer: bare Jetty broadcast";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int trades = plan.quick() ? 200 : 2_000;
    Path data = Files.createDirectories(plan.folder().resolve("fanout"));
    try (OrderEntry entry = new OrderEntry(StartedVenue.start(data.resolve("data")));
        Peer peer = BareBroadcast.start(BYTES_PER_MESSAGE)) {
      long before = entry.venue().residentBytes();
      try (Audience ours = new Audience(entry.venue().port(), TARGET, CLIENTS);
          Audience theirs = new Audience(peer.port(), "/", CLIENTS)) {
        Alternation result =
            Alternation.of(
                1, plan.samples(), () -> ours(entry, ours, trades), () -> theirs(theirs));
        return result(result, entry.venue().residentBytes() - before);
      }
    }
  }

  private double ours(OrderEntry entry, Audience audience, int trades) throws Exception {
    CompletableFuture<Integer> made =
        CompletableFuture.supplyAsync(() -> {
          try {
            long before = lastTradeId(entry);
            double orders = entry.ours(2 * trades);
            // Some orders met one of the same user, and the symbol prevents such trades.
            int traded = Math.toIntExact(lastTradeId(entry) - before);
            // The peer sends at the pace at which orders made trades here.
            gapNanos = (long) (2e9 * trades / traded / orders);
            return traded;
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no trades were made", e);
          }
        });
    Audience.Heard heard = audience.hear(made);
    messages = made.join();
    bytesPerMessage = heard.bytesPerMessage();
    ourDelays.add((double) heard.delayMicrosP99());
    return heard.messagesPerSecond();
  }

  private static long lastTradeId(OrderEntry entry) throws IOException, InterruptedException {
    JsonNode last = entry.venue().get("/api/v3/trades?symbol=BTCUSDT&limit=1");
    return last.isEmpty() ? -1 : last.get(0).get("id").asLong();
  }

  private double theirs(Audience audience) throws Exception {
    audience.say(messages + " " + gapNanos);
    Audience.Heard heard = audience.hear(CompletableFuture.completedFuture(messages));
    peerDelays.add((double) heard.delayMicrosP99());
    return heard.messagesPerSecond();
  }

  private Result result(Alternation result, long memoryBytes)
      throws IOException, InterruptedException {
    Map<String, List<Double>> samples = new LinkedHashMap<>(result.samples());
    samples.put("ours, p99 delay in µs, the warm-up first", ourDelays);
    samples.put("peer, p99 delay in µs, the warm-up first", peerDelays);
    return new Result(
        name(),
        "Messages a second that 1,000 WebSocket clients on loopback received of one symbol's trade"
            + " stream, order entry and the clients on the same cores.",
        "a Jetty of the same version that sends one buffer of "
            + BYTES_PER_MESSAGE
            + " bytes to 1,000 sessions in turn, at the pace of our trades.",
        result.ours(),
        result.peer(),
        "messages/s",
        result.ratio(),
        "none set; beside the peer",
        true,
        Machine.here(),
        Machine.commit(),
        Machine.jvmFlags(),
        samples,
        List.of("every client received every trade, and none twice"),
        List.of(
            "p99 delay, median of the samples: ours %,.0f µs from the engine's time of the trade,"
                    .formatted(Alternation.median(ourDelays))
                + " peer %,.0f µs from when its message was due."
                    .formatted(Alternation.median(peerDelays)),
            "Our messages have " + bytesPerMessage + " bytes on average.",
            "Resident memory of the venue grew by "
                + memoryBytes / (1 << 20)
                + " MiB from before the clients came until the end of the run."));
  }
}
