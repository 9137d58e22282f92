package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ENGINE.md §Ten tests, 7: one signed request, sent often, makes one order. */
class RepeatedRequestTest {
  private static final String ORDER =
      "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=60000";

  @Test
  void oneSignedRequestMakesOneOrderEvenAcrossARestart(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    List<Reply> replies = new ArrayList<>();
    VenueProcess first = VenueProcess.start(folder, Map.of());
    String request;
    try (first) {
      TradingClient alice = first.awaitReady().users().client("alice");
      request = alice.sign(ORDER);
      replies.addAll(sendAtOnce(alice, request, 50));
      first.kill9();
    }
    try (VenueProcess second = VenueProcess.start(folder, Map.of()).awaitReady()) {
      TradingClient alice = second.users().client("alice");
      replies.addAll(sendAtOnce(alice, request, 50));

      assertThat(replies).filteredOn(Reply::ok).hasSize(1);
      assertThat(replies)
          .filteredOn(reply -> !reply.ok())
          .hasSize(99)
          .allMatch(reply -> reply.code() == -2010)
          .allMatch(reply -> reply.body().get("msg").asString().equals("Duplicate order sent."));
      assertThat(
              alice.signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT").expectOk().body().size())
          .isEqualTo(1);
    }
  }

  private static List<Reply> sendAtOnce(TradingClient client, String request, int times)
      throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Reply> send = () -> client.sendSigned("POST", "/api/v3/order", request);
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : threads.invokeAll(java.util.Collections.nCopies(times, send))) {
        replies.add(reply.get());
      }
      return replies;
    }
  }
}
