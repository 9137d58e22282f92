package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.ACCOUNT_FREEZES;
import static org.fondaco.db.schema.Tables.BALANCES;
import static org.fondaco.db.schema.Tables.LEDGER_MARKS;
import static org.fondaco.db.schema.Tables.PROJECTOR_WATERMARK;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.db.Database;
import org.fondaco.db.schema.tables.records.LedgerMarksRecord;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.RejectReason;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Marks amid trading: what the engine says of its ledger is what the tables have at that very
 * sequence, though nothing paused; and a table that was tampered with is found by the hash.
 */
@Timeout(120)
class MarkTest {
  private static final long SEED = 20_261_128;
  private static final int MARKS = 20;

  @TempDir Path folder;

  private long n;

  @Test
  void everyMarkFindsEngineAndTablesEqualAndTamperingIsFound() throws Exception {
    try (TestDatabase server = new TestDatabase(folder.resolve("pg"));
        Database database = server.fresh();
        EngineHost host = start(database)) {
      Trader trader = new Trader(SEED);
      trader.open(host.gateway());
      for (long cut = 1; cut <= MARKS; cut++) {
        custody(host.gateway(), credit(cut));
        trader.trade(host.gateway(), 60);
        long sequence = custody(host.gateway(), new Command.Mark(cut)).sequence();
        trader.trade(host.gateway(), 60);
        requireEqual(database, cut, sequence);
      }
      custody(host.gateway(), new Command.Freeze(Trader.ACCOUNTS.getFirst()));
      custody(host.gateway(), new Command.Freeze(Trader.ACCOUNTS.getLast()));
      custody(host.gateway(), new Command.Unfreeze(Trader.ACCOUNTS.getFirst()));
      database
          .jooq()
          .update(BALANCES)
          .set(BALANCES.HELD, BALANCES.HELD.plus(1))
          .where(BALANCES.ACCOUNT_ID.eq(SystemAccounts.TEST_FUNDS))
          .execute();
      custody(host.gateway(), new Command.Mark(99));
      assertThat(marks(database, 99))
          .isNotEmpty()
          .allMatch(row -> !java.util.Arrays.equals(row.getEngineHash(), row.getProjectedHash()));
      assertThat(
              database
                  .jooq()
                  .selectFrom(ACCOUNT_FREEZES)
                  .orderBy(ACCOUNT_FREEZES.ACCOUNT_ID)
                  .fetch(ACCOUNT_FREEZES.FROZEN))
          .containsExactly(false, true);
    }
  }

  private EngineHost start(Database database) throws Exception {
    return EngineHost.start(
        HostConfig.small(folder.resolve("engine")),
        () -> new Engine(EngineSizing.small()),
        new Projector(database));
  }

  private CommandResult custody(EngineGateway gateway, Command command) {
    n++;
    CommandResult result =
        gateway.submitFromSource(command, InternalSources.CUSTODY, n, 1, n).join();
    assertThat(result.reason()).isEqualTo(RejectReason.NONE);
    return result;
  }

  private static Command credit(long amount) {
    return new Command.TransferBatch(
        List.of(
            new TransferLeg(
                LegKind.TRANSFER,
                SystemAccounts.CUSTODY,
                Trader.ACCOUNTS.getFirst(),
                1,
                amount,
                0,
                0,
                0)));
  }

  /** Waits for the projector, which commits at every Mark. */
  private static List<LedgerMarksRecord> marks(Database database, long cut) {
    List<LedgerMarksRecord> rows = List.of();
    while (rows.isEmpty()) {
      rows =
          database
              .jooq()
              .selectFrom(LEDGER_MARKS)
              .where(LEDGER_MARKS.CUT_ID.eq(cut))
              .orderBy(LEDGER_MARKS.ASSET_ID)
              .fetch();
      LockSupport.parkNanos(1_000_000);
    }
    return rows;
  }

  private void requireEqual(Database database, long cut, long sequence) {
    List<LedgerMarksRecord> rows = marks(database, cut);
    assertThat(rows).hasSize(2);
    for (LedgerMarksRecord row : rows) {
      assertThat(row.getSequence()).isEqualTo(sequence);
      assertThat(row.getCustodyLastN()).isEqualTo(n);
      assertThat(row.getProjectedSum()).isEqualByComparingTo(BigDecimal.ZERO);
      assertThat(row.getProjectedCustody()).isEqualTo(row.getCustody());
      assertThat(row.getProjectedCustomersFree())
          .isEqualByComparingTo(BigDecimal.valueOf(row.getCustomersFree()));
      assertThat(row.getProjectedCustomersHeld())
          .isEqualByComparingTo(BigDecimal.valueOf(row.getCustomersHeld()));
      assertThat(row.getProjectedHash()).isEqualTo(row.getEngineHash());
      assertThat(
              row.getCustody()
                  + row.getFees()
                  + row.getRounding()
                  + row.getSuspense()
                  + row.getHouse()
                  + row.getTestFunds()
                  + row.getCustomersFree()
                  + row.getCustomersHeld())
          .isZero();
    }
    assertThat(rows.getFirst().getCustody()).isEqualTo(-cut * (cut + 1) / 2);
    assertThat(rows.getFirst().getCustomersHeld() + rows.getLast().getCustomersHeld())
        .as("orders rest while it is taken")
        .isPositive();
    assertThat(database.jooq().selectFrom(PROJECTOR_WATERMARK).fetchSingle().getSequence())
        .isGreaterThanOrEqualTo(sequence);
  }
}
