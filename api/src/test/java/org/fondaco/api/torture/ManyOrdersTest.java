package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand open orders on one account: nothing that is per account may be slow in them. */
class ManyOrdersTest {
  private static final int ORDERS = 10_000;
  private static final int CONNECTIONS = 8;

  @Test
  void tenThousandOpenOrdersAreListedAndCancelledAtOnce(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
      DemoUsers users = venue.users();
      users
          .client(users.withRole("administrator").getFirst())
          .signed("PUT", "/admin/v1/symbols/LTCUSDT/filters", "maxOrders=20000")
          .expectOk();
      TradingClient alice = users.client("alice");
      place(alice);

      Reply open = within(5, () -> alice.signed("GET", "/api/v3/openOrders", "symbol=LTCUSDT"));
      assertThat(open.body().size()).isEqualTo(ORDERS);
      within(5, () -> alice.signed("GET", "/api/v3/account", ""));
      Reply one =
          within(
              5,
              () ->
                  alice.signed(
                      "POST",
                      "/api/v3/order",
                      "symbol=LTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=71"));
      assertThat(one.body().get("status").asString()).isEqualTo("NEW");

      Reply canceled =
          within(10, () -> alice.signed("DELETE", "/api/v3/openOrders", "symbol=LTCUSDT"));
      assertThat(canceled.body().size()).isEqualTo(ORDERS + 1);
      assertThat(
              alice.signed("GET", "/api/v3/openOrders", "symbol=LTCUSDT").expectOk().body().size())
          .isZero();
      alice
          .signed("GET", "/api/v3/account", "")
          .expectOk()
          .body()
          .get("balances")
          .forEach(balance -> assertThat(balance.get("locked").asString()).isEqualTo("0.00000000"));
    }
  }

  private static void place(TradingClient client) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> shares = new ArrayList<>();
      for (int share = 0; share < CONNECTIONS; share++) {
        int from = share;
        shares.add(() -> {
          for (int i = from; i < ORDERS; i += CONNECTIONS) {
            client
                .signed(
                    "POST",
                    "/api/v3/order",
                    ("symbol=LTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1"
                            + "&newOrderRespType=ACK&price=7%d.%02d")
                        .formatted(i % 7, i % 100))
                .expectOk();
          }
          return from;
        });
      }
      for (Future<Integer> share : threads.invokeAll(shares)) {
        share.get();
      }
    }
  }

  private static Reply within(int seconds, Callable<Reply> request) throws Exception {
    long began = System.nanoTime();
    Reply reply = request.call().expectOk();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(seconds));
    return reply;
  }
}
