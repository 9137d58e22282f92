package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.ADJUSTMENTS;
import static org.fondaco.db.schema.Tables.USERS;
import static org.fondaco.db.schema.Tables.VENUE_COMMANDS;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import org.agrona.concurrent.UnsafeBuffer;
import org.fondaco.api.security.Role;
import org.fondaco.api.venue.VenueControl;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.CommandCodec;
import org.fondaco.engine.protocol.CommandHeader;
import org.fondaco.engine.protocol.EngineEvent.BalanceChanged;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an approval has committed is executed, once, however often the venue stops around it. */
class AdjustmentCrashTest {
  private static final long UNITS = 700_000_000;

  @TempDir Path data;

  @Test
  void anApprovalThatTheEngineNeverHeardOfIsExecutedAtTheNextStartAndNeverAgain() throws Exception {
    try (TestVenue venue = TestVenue.start(data).seed()) {
      Browser ada = venue.person("ada", Role.ADMINISTRATOR);
      venue.person("ben", Role.ADMINISTRATOR);
      String[] proposal = {
        "account", "1001", "asset", "USDT", "amount", "7", "reason", "a test of a crash"
      };
      long id = ada.post("/admin/v1/adjustments", proposal).ok().json().path("id").asLong();
      commitAsAnApprovalDoes(venue.venue().database().jooq(), id);
      assertThat(usdt(venue)).isZero();
    }
    for (int start = 0; start < 2; start++) {
      try (TestVenue venue = TestVenue.start(data)) {
        assertThat(usdt(venue)).isEqualTo(UNITS);
        Browser ben = new Browser(venue.venue().address()).signIn("ben", Browser.PASSWORD);
        assertThat(ben.get("/admin/v1/adjustments").ok().json().get(0).path("state").asString())
            .isEqualTo("EXECUTED");
        assertThat(ben.post("/admin/v1/adjustments/1/approval").status()).isEqualTo(409);
      }
    }
  }

  /** The rows of an approval after whose commit the process dies. */
  private static void commitAsAnApprovalDoes(DSLContext database, long id) {
    Command command = VenueControl.testFunds(TestVenue.BOB, TestVenue.USDT, UNITS);
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
    int length = new CommandCodec().encode(new CommandHeader(0, 0, 0, 0, 0), command, buffer, 0);
    byte[] encoded = new byte[length];
    buffer.getBytes(0, encoded);
    database.transaction(configuration -> {
      DSLContext transaction = configuration.dsl();
      Long last =
          transaction.select(DSL.max(VENUE_COMMANDS.N)).from(VENUE_COMMANDS).fetchSingle().value1();
      long n = last == null ? 1 : last + 1;
      transaction
          .insertInto(VENUE_COMMANDS)
          .set(VENUE_COMMANDS.N, n)
          .set(VENUE_COMMANDS.ACTOR, "ben")
          .set(VENUE_COMMANDS.COMMAND, encoded)
          .execute();
      transaction
          .update(ADJUSTMENTS)
          .set(ADJUSTMENTS.DECISION, "APPROVED")
          .set(
              ADJUSTMENTS.DECIDED_BY,
              DSL.select(USERS.USER_ID).from(USERS).where(USERS.NAME.eq("ben")))
          .set(ADJUSTMENTS.DECIDED_AT, OffsetDateTime.now())
          .set(ADJUSTMENTS.COMMAND_N, n)
          .where(ADJUSTMENTS.ADJUSTMENT_ID.eq(id))
          .execute();
    });
  }

  private static long usdt(TestVenue venue) {
    return venue.venue().host().readModel().balances(TestVenue.BOB).stream()
        .filter(balance -> balance.asset() == TestVenue.USDT)
        .mapToLong(BalanceChanged::total)
        .sum();
  }
}
