package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.api.projection.FailingDatabase.Moment;
import org.fondaco.db.Database;
import org.fondaco.engine.host.Projection.ProjectionUnavailable;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projector dies at every step of its transaction, before and after it, also without hearing
 * whether the commit happened, by a lost connection, a terminated backend or kill -9 of its own
 * process; every table is then, row by row, that of a replay that nothing disturbed.
 */
class CrashTest {
  private static final long SEED = Long.getLong("fondaco.seed", 20_261_128);
  private static final int COMMANDS = 4_000;
  private static final List<Groups.Group> GROUPS = Groups.of(SEED, COMMANDS);

  @TempDir static Path folder;
  private static TestDatabase server;
  private static List<String> expected = List.of();

  @BeforeAll
  static void replayUndisturbed() throws Exception {
    server = new TestDatabase(folder.resolve("pg"));
    try (Database database = server.fresh()) {
      Projector projector = new Projector(database);
      GROUPS.forEach(group -> group.deliverTo(projector));
      projector.commit();
      expected = TestDatabase.dump(database);
    }
    assertThat(expected).hasSizeGreaterThan(2 * COMMANDS);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyStepBeforeAfterAndOnATerminatedBackend() throws Exception {
    Random random = new Random(SEED);
    try (Database database = server.fresh()) {
      FailingDatabase failing = new FailingDatabase(database.dataSource());
      Projector projector = new Projector(failing.dataSource(), database.jooq());
      int position = 0;
      int faults = 0;
      for (int step = 1; position < GROUPS.size(); step++) {
        for (Moment moment : Moment.values()) {
          for (boolean restarted : new boolean[] {false, true}) {
            int end = Math.min(GROUPS.size(), position + 1 + random.nextInt(40));
            deliver(projector, position, end);
            failing.failAt(step, moment);
            boolean failed = !committed(projector);
            faults += failed ? 1 : 0;
            if (!failed && moment == Moment.BEFORE) {
              step = 0; // beyond the last step: once more from the first
            }
            failing.heal();
            if (restarted) {
              projector = new Projector(failing.dataSource(), database.jooq());
              int watermark = Math.toIntExact(projector.watermark());
              assertThat(watermark).as("seed %d", SEED).isIn(position, end);
              deliver(projector, watermark, end);
            }
            projector.commit();
            assertThat(projector.watermark()).as("seed %d", SEED).isEqualTo(end);
            position = end;
          }
        }
      }
      assertThat(faults).isGreaterThan(80);
      assertThat(TestDatabase.dump(database)).as("seed %d", SEED).isEqualTo(expected);
    }
  }

  @Test
  void backendsTerminatedAtRandomInstants() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger terminated = new AtomicInteger();
    try (Database database = server.fresh();
        Database assassin = server.sameAs(database)) {
      Thread killer =
          Thread.ofVirtual()
              .start(() -> {
                while (!done.get()) {
                  terminated.addAndGet(
                      assassin
                          .jooq()
                          .fetch(
                              "select pg_terminate_backend(pid) from pg_stat_activity"
                                  + " where datname = current_database()"
                                  + " and pid <> pg_backend_pid() and state like '%active%'"
                                  + " and backend_xid is not null")
                          .size());
                }
              });
      Random random = new Random(SEED);
      Projector projector = new Projector(database);
      for (int position = 0; position < GROUPS.size(); ) {
        int end = Math.min(GROUPS.size(), position + 1 + random.nextInt(100));
        deliver(projector, position, end);
        while (!committed(projector)) {
          if (random.nextInt(4) == 0) {
            projector = restarted(database);
            deliver(projector, Math.toIntExact(projector.watermark()), end);
          }
          if (terminated.get() > 200) {
            done.set(true);
          }
        }
        position = end;
      }
      done.set(true);
      killer.join();
      assertThat(terminated).hasPositiveValue();
      assertThat(TestDatabase.dump(database)).as("seed %d", SEED).isEqualTo(expected);
    }
  }

  private static Projector restarted(Database database) {
    while (true) {
      try {
        return new Projector(database);
      } catch (DataAccessException terminated) {
        assertThat(terminated).hasMessageContaining("terminat");
      }
    }
  }

  @Test
  void killMinusNineOfTheProcess() throws Exception {
    Random random = new Random(SEED);
    List<Long> reached = new ArrayList<>();
    try (Database database = server.fresh()) {
      long watermark = 0;
      while (watermark < GROUPS.size()) {
        try (ProjectingProcess child =
            ProjectingProcess.start(server.url(database), SEED, COMMANDS)) {
          long wanted =
              reached.size() < 4 ? watermark + random.nextInt(COMMANDS / 8) : COMMANDS + 2L;
          watermark = child.runUntil(wanted);
          reached.add(watermark);
        }
      }
      assertThat(reached).as("seed %d", SEED).hasSizeGreaterThan(4);
      assertThat(TestDatabase.dump(database)).as("seed %d", SEED).isEqualTo(expected);
    }
  }

  private static void deliver(Projector projector, int from, int to) {
    GROUPS.subList(from, to).forEach(group -> group.deliverTo(projector));
  }

  private static boolean committed(Projector projector) {
    try {
      projector.commit();
      return true;
    } catch (ProjectionUnavailable e) {
      assertThat(e).hasMessageContaining("cannot write history");
      return false;
    }
  }
}
