package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ENGINE.md §Ten tests, 3: the real process is killed under mixed load, again and again. */
class KillTest {
  static final List<String> TRADERS = List.of("alice", "bob", "carol", "dealer");
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGEMENTS_A_ROUND = 1_500;

  @Test
  void nothingAcknowledgedIsLost(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    Diary diary = new Diary();
    Books books = null;
    Picture before = null;
    for (int round = 0; round <= ROUNDS; round++) {
      try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
        Picture picture = Picture.of(traders(venue.users()), SYMBOLS);
        if (books == null || before == null) {
          books = new Books(picture);
        } else {
          books.verify(picture);
          diary.verify(picture);
          requireContinued(before, picture);
        }
        before = picture;
        if (round < ROUNDS) {
          long enough = diary.acknowledgements() + ACKNOWLEDGEMENTS_A_ROUND;
          Load load = Load.start(venue.users(), TRADERS, 2, diary, round, 20 + round);
          Waiting.until(
              "orders are acknowledged",
              Duration.ofSeconds(60),
              () -> diary.acknowledgements() >= enough);
          // The database goes down with the venue in one round, and survives it in the others.
          if (round == 1) {
            venue.database().kill9();
          }
          venue.kill9();
          load.join();
        }
      }
    }
    assertThat(diary.unanswered()).as("requests cut off by a kill").isPositive();
  }

  /** What was there is there: ids are never given again. */
  private static void requireContinued(Picture before, Picture after) {
    before
        .orders()
        .forEach((orderId, order) ->
            assertThat(after.orders().get(orderId))
                .as("order %d", orderId)
                .isNotNull()
                .satisfies(now -> assertThat(now.clientOrderId()).isNotNull())
                .satisfies(now -> assertThat(now.user()).isEqualTo(order.user())));
    assertThat(after.fills()).containsAll(before.fills());
  }

  static Map<String, TradingClient> traders(DemoUsers users) {
    return TRADERS.stream()
        .collect(Collectors.toMap(name -> name, users::client, (a, _) -> a, TreeMap::new));
  }
}
