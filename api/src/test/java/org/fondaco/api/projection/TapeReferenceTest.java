package org.fondaco.api.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.api.tape.AggregateTrade;
import org.fondaco.api.tape.Interval;
import org.fondaco.api.tape.Kline;
import org.fondaco.db.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tape and its tables against the naive fold, through restarts, lost groups and lags. */
class TapeReferenceTest {
  private static final long SEED = 20_261_128;
  private static final int STEPS = 1_500;

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
  void memoryAndTablesAreTheNaiveFold() throws Exception {
    try (Database database = server.fresh()) {
      TapeWorld world = new TapeWorld(SEED, database);
      boolean feedHears = true;
      for (int step = 0; step < STEPS; step++) {
        if (world.random().nextInt(60) == 0) {
          feedHears = !feedHears;
          if (feedHears) {
            world.lost();
          }
        }
        world.step(feedHears);
        if (world.random().nextInt(20) == 0) {
          world.commit();
        }
        if (world.random().nextInt(80) == 0) {
          world.restart();
        }
        if (step % 50 == 0) {
          world.pass(world.random().nextInt(90_000_000));
          compareMemory(world, "seed " + SEED + " step " + step);
        }
      }
      world.lost();
      world.commit();
      compareTables(world, database);
      compareMemory(world, "seed " + SEED + " end");
      world.restart();
      compareMemory(world, "seed " + SEED + " after the last restart");
      for (int symbol : TapeWorld.SYMBOLS) {
        assertThat(world.told().stream().filter(a -> a.symbol() == symbol))
            .as("told, seed " + SEED)
            .isEqualTo(world.naive().aggregates(symbol));
      }
      // The jumps must have reached what they are for.
      assertThat(world.naive().klines(7, "1M", Duration.ZERO)).hasSizeGreaterThan(2);
      assertThat(world.naive().klines(7, "1M", Duration.ZERO))
          .anyMatch(kline -> kline.volume().bitLength() > 63);
    }
  }

  private static void compareMemory(TapeWorld world, String at) {
    for (int symbol : TapeWorld.SYMBOLS) {
      assertThat(world.tape().ticker(symbol))
          .as(at)
          .isEqualTo(world.naive().ticker(symbol, world.now()));
      List<AggregateTrade> aggregates = world.naive().aggregates(symbol);
      assertThat(world.tape().aggregates(symbol))
          .as(at)
          .hasSizeGreaterThanOrEqualTo(Math.min(500, aggregates.size()))
          .isEqualTo(last(aggregates, world.tape().aggregates(symbol).size()));
      for (Interval interval : Interval.values()) {
        List<Kline> traded = world.naive().klines(symbol, interval.text(), Duration.ZERO);
        List<Kline> here = world.tape().traded(symbol, interval);
        assertThat(here)
            .as(at + " " + interval)
            .hasSizeGreaterThanOrEqualTo(Math.min(500, traded.size()))
            .isEqualTo(last(traded, here.size()));
        if (interval.compareTo(Interval.HOUR) >= 0) {
          List<Kline> filled =
              world.naive().filled(symbol, interval.text(), Duration.ZERO, world.now());
          List<Kline> all = world.tape().klines(symbol, interval, 0);
          assertThat(all).as(at + " " + interval).isEqualTo(last(filled, all.size()));
          assertThat(all.size()).isGreaterThanOrEqualTo(Math.min(500, filled.size()));
        }
      }
    }
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(all.size() - count, all.size());
  }

  private static void compareTables(TapeWorld world, Database database) {
    TapeHistory history = new TapeHistory(database.jooq());
    for (int symbol : TapeWorld.SYMBOLS) {
      for (Interval interval : Interval.values()) {
        assertThat(history.klines(symbol, interval, 0, Long.MAX_VALUE, Integer.MAX_VALUE))
            .as("seed " + SEED + " " + interval)
            .isEqualTo(world.naive().klines(symbol, interval.text(), Duration.ZERO));
      }
      assertThat(history.aggregates(symbol, 0, Integer.MAX_VALUE))
          .as("seed " + SEED)
          .isEqualTo(world.naive().aggregates(symbol));
    }
  }

  /** A database from before these tables gets in the migration what the projector would write. */
  @Test
  void theMigrationFillsTheTablesAsTheProjectorDoes() throws Exception {
    try (Database database = server.fresh()) {
      TapeWorld world = new TapeWorld(SEED + 1, database);
      for (int step = 0; step < 400; step++) {
        world.step(true);
      }
      world.commit();
      List<String> written = TestDatabase.dump(database);
      database.jooq().execute("truncate klines, aggregate_trades");
      for (String statement : migration().split(";\n")) {
        if (statement.strip().contains("insert into ")) {
          database
              .jooq()
              .connection(connection -> {
                try (var plain = connection.createStatement()) {
                  plain.execute(statement);
                }
              });
        }
      }
      assertThat(TestDatabase.dump(database)).as("seed " + (SEED + 1)).isEqualTo(written);
    }
  }

  private static String migration() throws Exception {
    try (var stream =
        Objects.requireNonNull(
            TapeReferenceTest.class.getResourceAsStream("/db/migration/V5__klines.sql"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aDatabaseThatIsDownDoesNotStopTheTape() throws Exception {
    List<AggregateTrade> expected = new ArrayList<>();
    try (Database database = server.fresh()) {
      TapeWorld world = new TapeWorld(SEED + 2, database);
      for (int step = 0; step < 100; step++) {
        world.step(true);
      }
      world.commit();
      server.stop();
      try {
        for (int step = 0; step < 400; step++) {
          world.step(step % 2 == 0);
        }
        compareMemory(world, "seed " + (SEED + 2) + ", database down");
        world.lost();
        expected.addAll(world.naive().aggregates(7));
        assertThat(world.told().stream().filter(a -> a.symbol() == 7)).isEqualTo(expected);
      } finally {
        server.startAgain();
      }
    }
  }
}
