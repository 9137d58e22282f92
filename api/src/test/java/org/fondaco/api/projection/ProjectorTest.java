package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.db.schema.Tables.BALANCES;
import static org.fondaco.db.schema.Tables.LEDGER_ENTRIES;
import static org.fondaco.db.schema.Tables.ORDERS;
import static org.fondaco.db.schema.Tables.TRADES;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.fondaco.db.Database;
import org.fondaco.engine.host.Projection.ProjectionUnavailable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The projector against a real PostgreSQL, which dies when it hurts. */
class ProjectorTest {
  private static final int COMMANDS = 2_000;
  private static final List<Groups.Group> GROUPS = Groups.of(42, COMMANDS);

  @TempDir static Path folder;
  private static TestDatabase server;

  @BeforeAll
  static void start() {
    server = new TestDatabase(folder.resolve("pg"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyAssetSumsToZeroAndEveryBalanceIsTheSumOfItsEntries() throws Exception {
    try (Database database = server.fresh()) {
      projectAll(database, COMMANDS);
      assertThat(database.jooq().fetchCount(TRADES)).isGreaterThan(COMMANDS / 2);
      assertThat(database.jooq().fetchCount(ORDERS)).isGreaterThan(COMMANDS / 2);
      assertThat(database.jooq().fetchCount(LEDGER_ENTRIES)).isGreaterThan(COMMANDS);
      assertThat(
              database
                  .jooq()
                  .fetch("select asset_id from balances group by asset_id having sum(total) <> 0"))
          .isEmpty();
      assertThat(database.jooq().fetchCount(BALANCES)).isEqualTo(8);
      assertThat(
              database
                  .jooq()
                  .fetch(
                      """
                      select account_id, asset_id from balances b
                      where total <> (select coalesce(sum(case when credit_account = b.account_id then amount else 0 end)
                                           - sum(case when debit_account = b.account_id then amount else 0 end), 0)
                                      from ledger_entries where asset_id = b.asset_id)
                      """))
          .isEmpty();
    }
  }

  @Test
  void volumesAreTheSumsOfTradesWithOthers() throws Exception {
    try (Database database = server.fresh()) {
      Projector projector = new Projector(database);
      for (int from = 0; from < GROUPS.size(); from += 333) {
        deliver(projector, from, Math.min(from + 333, GROUPS.size()));
        projector.commit();
      }
      var volumes =
          database
              .jooq()
              .fetch("select day, account_id, asset_id, volume from account_volumes order by 1, 2");
      assertThat(volumes).hasSize(2);
      assertThat(volumes.toString())
          .isEqualTo(
              database
                  .jooq()
                  .fetch(
                      """
                      select (time / 86400000000)::integer as day, account_id, 2 as asset_id,
                             sum(quote_quantity) as volume
                      from trades t
                      where exists (select 1 from trades o where o.symbol_id = t.symbol_id
                                    and o.trade_id = t.trade_id and o.account_id <> t.account_id)
                      group by 1, 2 order by 1, 2
                      """)
                  .toString());
    }
  }

  @Test
  void anOrderIsTheSumOfItsTrades() throws Exception {
    try (Database database = server.fresh()) {
      projectAll(database, COMMANDS);
      assertThat(
              database
                  .jooq()
                  .fetch(
                      """
                      select order_id from orders o
                      where (executed_quantity, executed_quote) <>
                        (select coalesce(sum(quantity), 0), coalesce(sum(quote_quantity), 0) from trades t
                         where t.order_id = o.order_id)
                         or (status = 'FILLED') <> (executed_quantity = quantity)
                      """))
          .isEmpty();
    }
  }

  @Test
  void batchesAndRestartsDoNotChangeTheRows() throws Exception {
    try (Database whole = server.fresh();
        Database pieces = server.fresh()) {
      projectAll(whole, COMMANDS);
      Projector projector = new Projector(pieces);
      for (Groups.Group group : GROUPS) {
        group.deliverTo(projector);
        if (group.sequence() % 37 == 0) {
          projector.commit();
        }
        if (group.sequence() % 370 == 0) {
          projector = new Projector(pieces);
          assertThat(projector.watermark()).isEqualTo(group.sequence());
        }
      }
      projector.commit();
      assertThat(TestDatabase.dump(pieces)).isEqualTo(TestDatabase.dump(whole));
    }
  }

  @Test
  void catchesUpWhenTheDatabaseComesBack() throws Exception {
    try (Database whole = server.fresh();
        Database interrupted = server.fresh()) {
      projectAll(whole, COMMANDS);
      // Now: later its idle connections belong to a server that is gone.
      List<String> expected = TestDatabase.dump(whole);
      Projector projector = new Projector(interrupted);
      deliver(projector, 0, 500);
      projector.commit();
      server.stop();
      deliver(projector, 500, 1_000);
      assertThatThrownBy(projector::commit).isInstanceOf(ProjectionUnavailable.class);
      assertThat(projector.watermark()).isEqualTo(500);
      assertThatThrownBy(projector::commit).isInstanceOf(ProjectionUnavailable.class);
      server.startAgain();
      commitUntilItWorks(projector);
      assertThat(projector.watermark()).isEqualTo(1_000);
      deliver(projector, 1_000, GROUPS.size());
      projector.commit();
      assertThat(TestDatabase.dump(interrupted)).isEqualTo(expected);
    }
  }

  @Test
  void aKilledServerLosesNothingAndInventsNothing() throws Exception {
    try (Database whole = server.fresh();
        Database interrupted = server.fresh()) {
      projectAll(whole, COMMANDS);
      // Now: later its idle connections belong to a server that is gone.
      List<String> expected = TestDatabase.dump(whole);
      Projector projector = new Projector(interrupted);
      for (int from = 0; from < GROUPS.size(); from += 500) {
        deliver(projector, from, Math.min(from + 500, GROUPS.size()));
        long pid = server.server().pid();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        // Its orphaned backends may still commit.
        commitUntilItWorks(projector);
        server.server().awaitRestart(pid);
      }
      assertThat(TestDatabase.dump(interrupted)).isEqualTo(expected);
    }
  }

  @Test
  void anAnswerLostAfterTheCommitIsNotWrittenTwice() throws Exception {
    try (Database whole = server.fresh();
        Database other = server.fresh()) {
      projectAll(whole, COMMANDS);
      AtomicBoolean lose = new AtomicBoolean(true);
      Projector projector = new Projector(losingAnswers(other.dataSource(), lose), other.jooq());
      deliver(projector, 0, GROUPS.size());
      assertThatThrownBy(projector::commit).isInstanceOf(ProjectionUnavailable.class);
      assertThat(projector.watermark()).isZero();
      lose.set(false);
      projector.commit();
      assertThat(projector.watermark()).isEqualTo(GROUPS.size());
      assertThat(TestDatabase.dump(other)).isEqualTo(TestDatabase.dump(whole));
    }
  }

  @Test
  void refusesAGroupTwiceAndASecondWriter() throws Exception {
    try (Database database = server.fresh()) {
      Projector first = new Projector(database);
      Projector second = new Projector(database);
      deliver(first, 0, 10);
      assertThatThrownBy(() -> GROUPS.get(9).deliverTo(first))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("delivered twice");
      first.commit();
      deliver(second, 0, 5);
      assertThatThrownBy(second::commit)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another process writes this history");
    }
  }

  private static void projectAll(Database database, int commands) throws ProjectionUnavailable {
    Projector projector = new Projector(database);
    deliver(projector, 0, commands + 2);
    projector.commit();
    assertThat(projector.pendingRows()).isZero();
  }

  private static void deliver(Projector projector, int from, int to) {
    GROUPS.subList(from, to).forEach(group -> group.deliverTo(projector));
  }

  private static void commitUntilItWorks(Projector projector) {
    while (true) {
      try {
        projector.commit();
        return;
      } catch (ProjectionUnavailable e) {
        assertThat(e).hasMessageContaining("cannot write history");
      }
    }
  }

  /** The commit happens, its answer does not arrive: what a cut connection looks like. */
  private static DataSource losingAnswers(DataSource real, AtomicBoolean lose) {
    return (DataSource)
        Proxy.newProxyInstance(
            ProjectorTest.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) ->
                method.getName().equals("getConnection")
                    ? losingAnswers(real.getConnection(), lose)
                    : method.invoke(real, arguments));
  }

  private static Connection losingAnswers(Connection real, AtomicBoolean lose) {
    return (Connection)
        Proxy.newProxyInstance(
            ProjectorTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("commit") && lose.get()) {
                  throw new SQLException("the connection was cut");
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
