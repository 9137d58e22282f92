package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.db.schema.Tables.BALANCES;
import static org.fondaco.db.schema.Tables.ORDERS;
import static org.fondaco.db.schema.Tables.PROJECTOR_WATERMARK;
import static org.fondaco.db.schema.Tables.TRADES;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.fondaco.db.Database;
import org.fondaco.engine.core.Engine;
import org.fondaco.engine.core.EngineSizing;
import org.fondaco.engine.host.EngineHost;
import org.fondaco.engine.host.HostConfig;
import org.fondaco.engine.host.Projection;
import org.fondaco.engine.readmodel.OrderView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A venue trades while PostgreSQL is stopped, killed and started again, across snapshots and
 * restarts of the venue itself; at the end the tables are those of a replay from nothing.
 */
class DatabaseOutageTest {
  private static final long SEED = 20_261_122;

  @TempDir Path folder;

  /** Remembers every group; a group that is delivered again must be the same to the byte. */
  private record Recording(Projector to, Map<Long, Groups.Group> groups) implements Projection {
    @Override
    public long watermark() {
      return to.watermark();
    }

    @Override
    public void group(long sequence, long time, DirectBuffer events, int offset, int length) {
      ExpandableArrayBuffer copy = new ExpandableArrayBuffer(length);
      copy.putBytes(0, events, offset, length);
      Groups.Group group = new Groups.Group(sequence, time, copy, length);
      Groups.Group before = groups.putIfAbsent(sequence, group);
      if (before != null) {
        assertThat(copy.byteArray()).startsWith(before.bytes().byteArray());
      }
      to.group(sequence, time, events, offset, length);
    }

    @Override
    public void commit() throws ProjectionUnavailable {
      to.commit();
    }
  }

  @Test
  void tablesEqualAReplayFromNothing() throws Exception {
    Map<Long, Groups.Group> groups = new TreeMap<>();
    Trader trader = new Trader(SEED);
    try (TestDatabase server = new TestDatabase(folder.resolve("pg"));
        Database database = server.fresh()) {
      try (EngineHost host = start(database, groups)) {
        trader.open(host.gateway());
        trader.trade(host.gateway(), 1_000);
        server.stop();
        trader.trade(host.gateway(), 1_500);
        assertThat(host.readModel().watermark()).isLessThan(host.readModel().sequence());
        server.startAgain();
        trader.trade(host.gateway(), 500);
      }
      try (EngineHost host = start(database, groups)) {
        trader.trade(host.gateway(), 500);
        ProcessHandle process = ProcessHandle.of(server.server().pid()).orElseThrow();
        process.destroyForcibly();
        process.onExit().get(30, TimeUnit.SECONDS);
        trader.trade(host.gateway(), 1_500);
      }
      try (EngineHost host = start(database, groups)) {
        assertThat(host.readModel().sequence()).isEqualTo(watermark(database));
        presentEqualsPast(host, database);
      }
      replayedFromNothing(server, groups, database);
    }
  }

  private EngineHost start(Database database, Map<Long, Groups.Group> groups) throws Exception {
    return EngineHost.start(
        HostConfig.small(folder.resolve("engine")).withSnapshotInterval(400),
        () -> new Engine(EngineSizing.small()),
        new Recording(new Projector(database), groups));
  }

  private static void presentEqualsPast(EngineHost host, Database database) {
    for (long account : Trader.ACCOUNTS) {
      List<OrderView> open =
          database
              .jooq()
              .selectFrom(ORDERS)
              .where(ORDERS.ACCOUNT_ID.eq(account))
              .and(ORDERS.STATUS.in("NEW", "PARTIALLY_FILLED", "PENDING_NEW"))
              .orderBy(ORDERS.ORDER_ID)
              .fetch(Rows::order);
      assertThat(host.readModel().openOrders(account, Trader.SYMBOL)).isEqualTo(open);
      host.readModel()
          .balances(account)
          .forEach(balance ->
              assertThat(
                      database
                          .jooq()
                          .selectFrom(BALANCES)
                          .where(BALANCES.ACCOUNT_ID.eq(account))
                          .and(BALANCES.ASSET_ID.eq(balance.asset()))
                          .fetchSingle())
                  .satisfies(row -> {
                    assertThat(row.getTotal()).isEqualTo(balance.total());
                    assertThat(row.getHeld()).isEqualTo(balance.held());
                  }));
    }
  }

  private static void replayedFromNothing(
      TestDatabase server, Map<Long, Groups.Group> groups, Database database) throws Exception {
    try (Database fresh = server.fresh()) {
      Projector projector = new Projector(fresh);
      groups.values().forEach(group -> group.deliverTo(projector));
      projector.commit();
      assertThat(fresh.jooq().fetchCount(TRADES)).isGreaterThan(1_000);
      assertThat(TestDatabase.dump(database)).isEqualTo(TestDatabase.dump(fresh));
      assertThat(
              fresh
                  .jooq()
                  .fetch("select asset_id from balances group by asset_id having sum(total) <> 0"))
          .isEmpty();
    }
  }

  private static long watermark(Database database) {
    return database.jooq().selectFrom(PROJECTOR_WATERMARK).fetchSingle().getSequence();
  }
}
