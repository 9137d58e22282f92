package org.fondaco.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fondaco.bench.report.Machine;
import org.fondaco.bench.report.Result;
import org.fondaco.bench.rest.Peer;
import org.fondaco.bench.rest.SocketOrderEntry;
import org.fondaco.bench.rest.StartedVenue;

/** Order entry over the WebSocket API beside a Jetty that does nothing but verify and answer. */
final class WebSocketApiRow implements Row {

  @Override
  public String name() {
    return "wsapi";
  }

  @Override
  public String summary() {
    return "signed order.place over WebSocket, 64 connections; peer: bare Jetty that verifies the HMAC";
  }

  @Override
  public Result run(Plan plan) throws Exception {
    int orders = plan.quick() ? 5_000 : 60_000;
    Path data = Files.createDirectories(plan.folder().resolve("wsapi"));
    try (SocketOrderEntry entry = new SocketOrderEntry(StartedVenue.start(data.resolve("data")))) {
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
            "Signed limit orders a second over the WebSocket API on loopback, answered durable and"
                + " executed; 64 connections, one request at a time each, client on the same cores.",
            "a Jetty of the same version whose one WebSocket handler verifies the HMAC of the same"
                + " messages, without parsing them as JSON, and answers as many bytes.",
            result.ours(),
            result.peer(),
            "requests/s",
            result.ratio(),
            "≥ 0.6 × the peer",
            result.ratio() >= 0.6,
            Machine.here(),
            Machine.commit(),
            Machine.jvmFlags(),
            result.samples(),
            List.of("every order was accepted (status 200) with an order id of its own"),
            List.of(
                "Answers of " + entry.answerLength() + " bytes on average.",
                "The venue runs as ./fondaco up with its database, projector and journal."));
      }
    }
  }
}
