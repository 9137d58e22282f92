package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No room for the journal: orders are refused before they are accepted, and nothing is lost. */
class FullDiskTest {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final int DISK_MEBIBYTES = 256;
  private static final Map<String, String> SHORT_SEGMENTS =
      Map.of("FONDACO_JOURNAL_SEGMENT_MIB", "1");

  @Test
  void ordersAreRefusedOnAFullDiskAndTakenAgainAfterwards(@TempDir Path temporary)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(temporary.resolve("disk"), DISK_MEBIBYTES)) {
      Path folder = DemoFolder.at(disk.folder().resolve("data"));
      Diary diary = new Diary();
      Books books;
      try (VenueProcess venue = VenueProcess.start(folder, SHORT_SEGMENTS).awaitReady()) {
        books = new Books(Picture.of(KillTest.traders(venue.users()), SYMBOLS));
        Load load = Load.start(venue.users(), KillTest.TRADERS, 3, diary, 0, 5);
        disk.fill();
        Waiting.until("orders are refused", LIMIT, () -> refused(venue));
        load.stop();
        assertThat(load.refusalsByVenue()).allMatch(code -> code == -1008);
        assertThat(diary.unanswered()).as("orders of unknown outcome").isZero();

        TradingClient alice = venue.users().client("alice");
        alice.signed("GET", "/api/v3/account", "").expectOk();
        cancelOne(alice);
        disk.free();
        Waiting.until("orders are taken again", LIMIT, () -> !refused(venue));
        venue.kill9();
      }
      try (VenueProcess venue = VenueProcess.start(folder, SHORT_SEGMENTS).awaitReady()) {
        assertThat(refused(venue)).isFalse();
        Picture picture = Picture.of(KillTest.traders(venue.users()), SYMBOLS);
        books.verify(picture);
        diary.verify(picture);
      }
    }
  }

  /** Room is kept for those who want to get out. */
  private static void cancelOne(TradingClient client) throws Exception {
    var open = client.signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT").expectOk().body();
    assertThat(open.size()).isPositive();
    client
        .signed(
            "DELETE",
            "/api/v3/order",
            "symbol=BTCUSDT&orderId=" + open.get(0).get("orderId").asLong())
        .expectOk();
  }

  /** Asks with an order of another symbol, which the books of this test do not count. */
  private static boolean refused(VenueProcess venue) throws IOException, InterruptedException {
    Reply reply =
        venue
            .users()
            .client("bob")
            .signed(
                "POST",
                "/api/v3/order",
                "symbol=LTCUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=1&price=70");
    if (reply.ok()) {
      return false;
    }
    assertThat(reply.code()).as("%s", reply).isEqualTo(-1008);
    assertThat(reply.status()).isEqualTo(503);
    return true;
  }
}
