package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load, and a second process on the data folder of a first. */
class StopTest {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  @Test
  void sigtermLosesNothingAndTheNextStartContinues(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    Diary diary = new Diary();
    Books books;
    Picture last;
    try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
      books = new Books(Picture.of(KillTest.traders(venue.users()), SYMBOLS));
      Load load = Load.start(venue.users(), KillTest.TRADERS, 2, diary, 0, 7);
      Waiting.until(
          "orders are acknowledged",
          Duration.ofSeconds(60),
          () -> diary.acknowledgements() >= 1_000);
      long began = System.nanoTime();
      venue.sigterm();
      assertThat(venue.awaitExit()).as("exit code\n%s", venue.log()).isIn(0, 143);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(STOP_MAX);
      load.join();
      assertThat(load.refusalsByVenue()).allMatch(code -> code == -1016);
      assertThat(venue.database().server()).as("the database stopped, too").isEmpty();
    }
    try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
      last = Picture.of(KillTest.traders(venue.users()), SYMBOLS);
      books.verify(last);
      diary.verify(last);
      long newest = last.orders().keySet().stream().mapToLong(id -> id).max().orElseThrow();
      Reply reply =
          venue
              .users()
              .client("alice")
              .signed(
                  "POST",
                  "/api/v3/order",
                  "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=63000")
              .expectOk();
      assertThat(reply.body().get("orderId").asLong()).isEqualTo(newest + 1);
    }
  }

  @Test
  void aSecondProcessIsRefusedInOneSentence(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    try (VenueProcess first = VenueProcess.start(folder, Map.of()).awaitReady();
        VenueProcess second = VenueProcess.startIntruder(folder)) {
      assertThat(second.awaitExit()).isNotIn(0, 143);
      assertThat(second.log().strip().lines())
          .as(second.log())
          .hasSize(1)
          .allMatch(line -> line.contains("in use") || line.contains("uses this data folder"));
      Reply order =
          first
              .users()
              .client("alice")
              .signed(
                  "POST",
                  "/api/v3/order",
                  "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.01&price=63000")
              .expectOk();
      assertThat(order.body().get("status").asString()).isEqualTo("NEW");
      assertThat(first.database().rows("select count(*) from users")).hasSize(1);
    }
  }
}
