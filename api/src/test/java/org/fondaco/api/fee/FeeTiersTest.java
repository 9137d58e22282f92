package org.fondaco.api.fee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.TestVenue.ALICE;
import static org.fondaco.api.TestVenue.BOB;
import static org.fondaco.db.schema.Tables.ACCOUNT_VOLUMES;
import static org.fondaco.db.schema.Tables.AUDIT_LOG;
import static org.fondaco.db.schema.Tables.VENUE_COMMANDS;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.fee.Recomputation.Change;
import org.fondaco.api.security.Permission;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent.AccountChanged;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two traders earn a tier, keep it for thirty days, and lose it; the clock is the test's. */
class FeeTiersTest {
  private static final String RECOMPUTATION = "/admin/v1/fee-tiers/recomputation";

  @TempDir Path folder;

  private Instant now = Instant.now();

  @Test
  void tiersFollowThirtyDaysOfVolume() throws Exception {
    try (TestVenue venue = TestVenue.start(folder.resolve("data")).seed();
        FeeTiers tiers = tiers(venue)) {
      DSLContext database = venue.venue().database().jooq();
      ReadModel readModel = venue.venue().host().readModel();
      venue.apply(new Command.SetAccount(ALICE, true, 0, 5, 10));
      database.execute("update fee_tiers set volume_min = 50000 where tier = 1");
      ApiClient alice = venue.client(ALICE);
      ApiClient bob = venue.client(BOB);
      trade(bob, alice, "1.0000");
      awaitProjected(readModel);
      Instant traded = now;

      assertThat(tiers.recompute("carol").changes())
          .containsExactly(new Change(ALICE, 0, 1), new Change(BOB, 0, 1));
      assertThat(readModel.account(ALICE))
          .contains(new AccountChanged(ALICE, true, false, 1, 5, 10));
      var rates = alice.signed("GET", "/api/v3/account").json().get("commissionRates");
      assertThat(rates.get("maker").asString()).isEqualTo("0.00090000");
      assertThat(rates.get("taker").asString()).isEqualTo("0.00100000");
      assertThat(database.fetchCount(AUDIT_LOG, AUDIT_LOG.ACTOR.eq("carol"))).isEqualTo(4);

      int sent = database.fetchCount(VENUE_COMMANDS);
      assertThat(tiers.recompute("carol").changes()).isEmpty();
      now = traded.plus(Duration.ofDays(30));
      tiers.tick();
      assertThat(database.fetchCount(VENUE_COMMANDS)).isEqualTo(sent);

      assertThat(tiers.override("carol", BOB, 3)).isEqualTo(RejectReason.NONE);
      now = traded.plus(Duration.ofDays(31));
      tiers.tick(); // may wait for the database to have the override's command
      awaitProjected(readModel);
      tiers.tick();
      tiers.tick();
      assertThat(readModel.account(ALICE))
          .contains(new AccountChanged(ALICE, true, false, 0, 5, 10));
      assertThat(readModel.account(BOB).orElseThrow().feeTier()).isEqualTo(3);
      assertThat(database.fetchCount(VENUE_COMMANDS)).isEqualTo(sent + 4);

      assertThat(tiers.liftOverride("carol", BOB)).isTrue();
      assertThat(tiers.liftOverride("carol", BOB)).isFalse();
      now = traded.minus(Duration.ofDays(3)); // the clock steps back
      awaitProjected(readModel);
      tiers.tick();
      assertThat(readModel.account(BOB).orElseThrow().feeTier()).isZero();
      assertThat(tiers.override("carol", 4_711, 3)).isEqualTo(RejectReason.UNKNOWN_ACCOUNT);
    }
  }

  @Test
  void otherQuoteAssetsAreValuedByTheirLastPrice() throws Exception {
    try (TestVenue venue = TestVenue.start(folder.resolve("data")).seed();
        FeeTiers tiers = tiers(venue)) {
      DSLContext database = venue.venue().database().jooq();
      trade(venue.client(BOB), venue.client(ALICE), "0.0010");
      awaitProjected(venue.venue().host().readModel());
      int yesterday = (int) (now.getEpochSecond() / 86_400) - 1;
      // 19.999 BTC at 50,000 and the 50 USDT just traded are tier 1's million exactly.
      volume(database, yesterday, BOB, TestVenue.BTC, "1999900000");
      // ETH was never traded, so it has no price and counts nothing.
      volume(database, yesterday, ALICE, TestVenue.ETH, "999999999999999999");
      assertThat(tiers.recompute("carol").changes()).containsExactly(new Change(BOB, 0, 1));
      database.execute("update account_volumes set volume = volume - 1 where asset_id = 1");
      assertThat(tiers.recompute("carol").changes()).containsExactly(new Change(BOB, 1, 0));
    }
  }

  @Test
  void theStartRecomputesAndAdministratorsFixOverHttp() throws Exception {
    try (TestVenue venue = TestVenue.start(folder.resolve("data")).seed()) {
      DSLContext database = venue.venue().database().jooq();
      database.execute("update fee_tiers set volume_min = 50 where tier = 2");
      trade(venue.client(BOB), venue.client(ALICE), "0.0010");
      database.execute("update users set role = 'ADMINISTRATOR' where name = 'alice'");
    }
    try (TestVenue venue = TestVenue.start(folder.resolve("data"))) {
      ReadModel readModel = venue.venue().host().readModel();
      while (readModel.account(BOB).orElseThrow().feeTier() != 2) {
        Thread.onSpinWait();
      }
      assertThat(administrator(venue, BOB).signed("POST", RECOMPUTATION).status()).isEqualTo(403);
      ApiClient alice = administrator(venue, ALICE);
      assertThat(changes(alice)).isEqualTo("[]");
      assertThat(alice.signed("PUT", "/admin/v1/fee-tiers/overrides/1001", "feeTier=0").text())
          .isEqualTo("{\"account\":1001,\"feeTier\":0,\"fixed\":true}");
      assertThat(alice.signed("PUT", "/admin/v1/fee-tiers/overrides/1001", "feeTier=16").status())
          .isEqualTo(400);
      // A tier that is part of an account's options is one that somebody set, too.
      assertThat(alice.signed("PUT", "/admin/v1/accounts/1000", "feeTier=9").status())
          .isEqualTo(200);
      assertThat(changes(alice)).isEqualTo("[]");
      assertThat(alice.signed("DELETE", "/admin/v1/fee-tiers/overrides/1001").text())
          .isEqualTo("{\"account\":1001,\"lifted\":true}");
      assertThat(changes(alice)).isEqualTo("[{\"account\":1001,\"before\":0,\"after\":2}]");
    }
  }

  private static ApiClient administrator(TestVenue venue, long account) {
    return new ApiClient(
        venue.venue().address(),
        venue.key(account, EnumSet.of(Permission.USER_DATA, Permission.ADMINISTER)));
  }

  private static String changes(ApiClient administrator) {
    ApiClient.Reply reply = administrator.signed("POST", RECOMPUTATION);
    while (reply.status() == 409) { // in a run's first second it may be one of the run before
      reply = administrator.signed("POST", RECOMPUTATION);
    }
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().get("changes").toString();
  }

  private FeeTiers tiers(TestVenue venue) {
    VenueControl control = venue.venue().control();
    return new FeeTiers(
        venue.venue().database().jooq(),
        control,
        venue.venue().host().readModel(),
        "USDT",
        () -> now);
  }

  private static void trade(ApiClient seller, ApiClient buyer, String quantity) {
    for (String side : List.of("SELL", "BUY")) {
      ApiClient client = side.equals("SELL") ? seller : buyer;
      assertThat(
              client
                  .signed(
                      "POST",
                      "/api/v3/order",
                      "symbol=BTCUSDT&type=LIMIT&timeInForce=GTC&price=50000&side="
                          + side
                          + "&quantity="
                          + quantity)
                  .status())
          .isEqualTo(200);
    }
  }

  private static void volume(DSLContext database, int day, long account, int asset, String units) {
    database
        .insertInto(ACCOUNT_VOLUMES)
        .values(day, account, asset, new BigInteger(units))
        .execute();
  }

  private static void awaitProjected(ReadModel readModel) {
    long sequence = readModel.sequence();
    while (readModel.watermark() < sequence) {
      Thread.onSpinWait();
    }
  }
}
