package org.fondaco.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.rest.OrderEntry;
import org.fondaco.bench.rest.Peer;
import org.fondaco.bench.rest.StartedVenue;

/** Order entry over HTTP beside a Jetty that does nothing but verify and answer. */
final class RestRow implements Row {

  @Override
  public String name() {
    return "rest";
  }

  @Override
  public String summary() {
    return "signed POST /api/v3/order, 64 connections; peer: bare Jetty that verifies the HMAC";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int orders = plan.quick() ? 5_000 : 60_000;
    Path data = Files.createDirectories(plan.folder().resolve("rest"));
    try (OrderEntry entry = new OrderEntry(StartedVenue.start(data.resolve("data")))) {
      entry.ours(1_000);
      try (Peer peer = entry.startPeer()) {
        Alternation result =
            Alternation.of(
                plan.quick() ? 1 : 2,
                plan.samples(),
                () -> entry.ours(orders),
                () -> entry.peer(peer.port(), orders));
        long sent = 1_000L + (long) orders * (plan.samples() + (plan.quick() ? 1 : 2));
        CheckFailed.equal("distinct order ids", sent, entry.accepted());
        return new Result(
            name(),
            "Signed limit orders a second over HTTP on loopback, answered durable and executed; 64"
                + " keep-alive connections, client on the same cores.",
            "a Jetty of the same version whose one handler verifies the HMAC of the same requests and"
                + " answers as many bytes.",
            result.ours(),
            result.peer(),
            "requests/s",
            result.ratio(),
            "≥ 0.5 × the peer",
            result.ratio() >= 0.5,
            Machine.here(),
            Machine.commit(),
            Machine.jvmFlags(),
            result.samples(),
            List.of("every order was accepted (200) with an order id of its own"),
            List.of(
                "Answers of " + entry.answerLength() + " bytes on average.",
                "The venue runs as ./fondaco up with its database, projector and journal."));
      }
    }
  }
}
