package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ENGINE.md §Ten tests, 4: the database dies under load and comes back. */
class DeadDatabaseTest {
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void tradingGoesOnAndHistoryCatchesUp(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    try (VenueProcess venue = VenueProcess.start(folder, Map.of()).awaitReady()) {
      DemoUsers users = venue.users();
      Map<String, TradingClient> traders = KillTest.traders(users);
      Books books = new Books(Picture.of(traders, SYMBOLS));
      Diary diary = new Diary();
      Load load = Load.start(users, KillTest.TRADERS, 2, diary, 0, 4);
      awaitMore(diary, 300);

      // Killed again and again, so that it stays down while its supervisor brings it back.
      for (int kills = 0; kills < 3; kills++) {
        ProcessHandle server = venue.database().server().orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
        requireServed(users);
        awaitMore(diary, 150);
        Waiting.until(
            "the database is back",
            LIMIT,
            () ->
                venue
                        .database()
                        .server()
                        .map(ProcessHandle::pid)
                        .filter(pid -> pid != server.pid())
                        .isPresent()
                    && !venue.database().rows("select 1").isEmpty());
      }
      load.stop();
      assertThat(load.refusalsByVenue()).as("refused because of the database").isEmpty();
      assertThat(diary.unanswered()).as("not answered because of the database").isZero();

      Waiting.until("history has caught up", LIMIT, () -> lag(users) == 0);
      Picture picture = Picture.of(traders, SYMBOLS);
      books.verify(picture);
      diary.verify(picture);
      requireTablesAre(picture, venue.database());
    }
  }

  private static void awaitMore(Diary diary, int acknowledgements) {
    long enough = diary.acknowledgements() + acknowledgements;
    Waiting.until("orders are acknowledged", LIMIT, () -> diary.acknowledgements() >= enough);
  }

  /** What a trader needs to know is in memory. */
  private static void requireServed(DemoUsers users) throws Exception {
    TradingClient alice = users.client("alice");
    alice.signed("GET", "/api/v3/account", "").expectOk();
    alice.signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT").expectOk();
    Reply placed =
        alice
            .signed(
                "POST",
                "/api/v3/order",
                "symbol=LTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=70")
            .expectOk();
    String which = "symbol=LTCUSDT&orderId=" + placed.body().get("orderId").asLong();
    alice.signed("GET", "/api/v3/order", which).expectOk();
    alice.signed("DELETE", "/api/v3/order", which).expectOk();
    Reply closed = alice.signed("GET", "/api/v3/order", which).expectOk();
    assertThat(closed.body().get("status").asString()).isEqualTo("CANCELED");
  }

  private static long lag(DemoUsers users) throws Exception {
    return users
        .client(users.withRole("auditor").getFirst())
        .signed("GET", "/admin/v1/status", "")
        .expectOk()
        .body()
        .get("projectorLag")
        .asLong();
  }

  /** No row is missing, none is there twice, and each says what the engine says. */
  private static void requireTablesAre(Picture picture, VenueDatabase database) throws Exception {
    Map<Long, String> expected = new TreeMap<>();
    picture
        .orders()
        .forEach((orderId, order) ->
            expected.put(
                orderId,
                "%s|%s|%d"
                    .formatted(
                        order.clientOrderId(),
                        order.status(),
                        order.executed().movePointRight(8).longValueExact())));
    Map<Long, String> found = new TreeMap<>();
    for (String row :
        database.rows(
            "select order_id, client_order_id, status, executed_quantity from orders o join symbols"
                + " s using (symbol_id) where s.name in ('BTCUSDT', 'ETHUSDT')")) {
      int bar = row.indexOf('|');
      found.put(Long.parseLong(row.substring(0, bar)), row.substring(bar + 1));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(database.rows("select count(*) from trades"))
        .containsExactly(Integer.toString(picture.fills().size()));
    assertThat(
            database.rows(
                "select b.account_id, b.asset_id, b.total - coalesce(sum(case when l.credit_account"
                    + " = b.account_id then l.amount else -l.amount end), 0) from balances b left"
                    + " join ledger_entries l on l.asset_id = b.asset_id and b.account_id in"
                    + " (l.credit_account, l.debit_account) group by 1, 2, b.total having b.total"
                    + " <> coalesce(sum(case when l.credit_account = b.account_id then l.amount"
                    + " else -l.amount end), 0)"))
        .as("balances that differ from their ledger entries")
        .isEmpty();
  }
}
