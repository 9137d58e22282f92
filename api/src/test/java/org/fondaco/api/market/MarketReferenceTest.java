package org.fondaco.api.market;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.fondaco.api.projection.TapeWorld;
import org.fondaco.api.projection.TestDatabase;
import org.fondaco.db.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random questions to every endpoint of market data, answered as by a naive fold. */
class MarketReferenceTest {
  private static final long SEED = 4_711;
  private static final int STEPS = 1_200;
  private static final int QUESTIONS = 900;
  @TempDir Path folder;

  @Test
  void everyAnswerIsTheNaiveOne() throws Exception {
    try (TestDatabase server = new TestDatabase(folder.resolve("pg"));
        Database database = server.fresh()) {
      TapeWorld world = new TapeWorld(SEED, database);
      Asking asking = new Asking(world, database);
      asking.neverTraded();
      for (int step = 0; step < STEPS; step++) {
        world.step(true);
        if (world.random().nextInt(30) == 0) {
          world.commit();
        }
        if (world.random().nextInt(300) == 0) {
          world.restart();
          asking = new Asking(world, database);
        }
      }
      world.pass(3_000_000);
      askMany(asking, world.random(), "the projector behind");
      world.commit();
      world.restart();
      askMany(new Asking(world, database), world.random(), "after a restart");
      world.pass(Duration.ofDays(1).toNanos() / 1_000 + 5);
      askMany(new Asking(world, database), world.random(), "idle for a day");
      server.stop();
      for (int step = 0; step < 20; step++) {
        world.step(step % 3 != 0);
        new Asking(world, database).latest("seed " + SEED + ", database down, step " + step);
      }
      server.startAgain();
    }
  }

  private static void askMany(Asking asking, Random random, String at) {
    for (int i = 0; i < QUESTIONS / 3; i++) {
      String what = "seed " + SEED + ", " + at + ", question " + i;
      switch (random.nextInt(8)) {
        case 0, 1 -> asking.klines(random, what);
        case 2 -> asking.aggregates(random, what);
        case 3 -> asking.historical(random, what);
        case 4 -> asking.window(random, what);
        case 5 -> asking.tradingDay(random, what);
        case 6 -> asking.seconds(random, what);
        default -> asking.dayAndAverage(what);
      }
    }
  }
}
