package org.fondaco.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.redis.RedisServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of processes that share a real Redis, which is killed and started again. */
class RedisLimitTest {
  private static final Limits LIMITS = new Limits(100, 50, 1_000);

  @TempDir static Path folder;
  private static RedisServer server;
  private final TestClock clock = new TestClock(20_000 * 86_400_000L);

  /** The limits of one process. */
  private final class Process implements AutoCloseable {
    final Redis redis = Redis.open(server.url());
    final Sharing sharing = Sharing.through(redis);
    final RequestWeights weights = new RequestWeights(LIMITS, clock, sharing);
    final OrderCounts orders = new OrderCounts(LIMITS, clock, sharing);
    final Throttle logins = new Throttle("login", 3, 300, clock, sharing);

    void settle() {
      sharing.settled().join();
    }

    @Override
    public void close() {
      sharing.close();
      redis.close();
    }
  }

  @BeforeAll
  static void start() throws IOException {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forgetEverything() throws IOException {
    server.kill();
    server.startAgain();
  }

  @Test
  void processesCountTogether() {
    try (Process one = new Process();
        Process two = new Process()) {
      assertThat(one.weights.use("192.0.2.1", 60).refusal()).isNull();
      one.settle();
      assertThat(two.weights.use("192.0.2.1", 30).refusal()).isNull();
      two.settle();
      RequestWeights.Use use = two.weights.use("192.0.2.1", 15);
      assertThat(use.used()).isEqualTo(105);
      assertThat(use.refusal()).isNotNull();
      use.giveBack();
      one.orders.take(7, 20);
      one.settle();
      assertThat(two.orders.ask(7).join().day()).isEqualTo(20);
      // The process that hears the fill takes off what the other one counted.
      two.orders.filled(7, true);
      two.settle();
      assertThat(one.orders.ask(7).join().tenSeconds()).isEqualTo(15);
      for (int i = 0; i < 3; i++) {
        assertThat(one.logins.attempt("alice")).isZero();
      }
      one.settle();
      two.logins.attempt("alice");
      two.settle();
      assertThat(two.logins.attempt("alice")).isPositive();
    }
  }

  @Test
  void aBanHoldsInEveryProcessAndOverARestart() {
    try (Process one = new Process();
        Process two = new Process()) {
      two.weights.use("192.0.2.2", 1);
      two.settle();
      for (int i = 0; i <= RequestWeights.REFUSALS_MAX; i++) {
        one.weights.use("192.0.2.2", 101);
      }
      assertThat(one.weights.bannedSeconds("192.0.2.2")).isEqualTo(120);
      one.settle();
      two.weights.use("192.0.2.2", 1);
      two.settle();
      assertThat(two.weights.bannedSeconds("192.0.2.2")).isBetween(115L, 120L);
    }
    try (Process three = new Process()) {
      three.weights.use("192.0.2.2", 1);
      three.settle();
      assertThat(three.weights.bannedSeconds("192.0.2.2")).isBetween(110L, 120L);
      assertThat(three.weights.bannedSeconds("192.0.2.3")).isZero();
    }
  }

  @Test
  void countsSurviveARestartOfTheVenue() {
    try (Process before = new Process()) {
      before.orders.take(7, 50);
      before.weights.use("192.0.2.4", 99);
    }
    try (Process after = new Process()) {
      assertThat(after.orders.ask(7).join().tenSeconds()).isEqualTo(50);
      after.weights.use("192.0.2.4", 1);
      after.settle();
      assertThat(after.weights.use("192.0.2.4", 1).refusal()).isNotNull();
    }
  }

  @Test
  void aKilledRedisIsDoneWithoutAndFilledAgain() throws IOException {
    try (Process one = new Process()) {
      one.orders.take(7, 10);
      one.settle();
      assertThat(one.sharing.healthy()).isTrue();
      server.kill();
      long begin = System.nanoTime();
      for (int i = 0; i < 1_000; i++) {
        one.weights.use("192.0.2.5", 0);
      }
      assertThat(one.orders.take(7, 1).day()).isEqualTo(11);
      assertThat(System.nanoTime() - begin).as("nobody waits").isLessThan(1_000_000_000L);
      until(() -> !one.sharing.healthy());
      assertThat(one.orders.ask(7).join().day()).isEqualTo(11);
      server.startAgain();
      until(one.sharing::healthy);
      one.orders.take(7, 1);
      one.settle();
      try (Process two = new Process()) {
        assertThat(two.orders.ask(7).join().day())
            .as("what Redis has lost is told again")
            .isEqualTo(12);
      }
    }
  }

  @Test
  void aRedisThatHangsKeepsNobodyWaitingAndCountsNothingTwice() throws IOException {
    try (Process one = new Process();
        Process two = new Process()) {
      one.orders.take(9, 10);
      one.settle();
      server.pause();
      long begin = System.nanoTime();
      for (int i = 0; i < 10; i++) {
        one.orders.take(9, 1);
        one.weights.use("192.0.2.6", 1);
      }
      assertThat(System.nanoTime() - begin).as("nobody waits").isLessThan(500_000_000L);
      // Told, not answered in time, told again: some of it more than once.
      until(() -> !one.sharing.healthy());
      assertThat(one.orders.ask(9).join().day()).isEqualTo(20);
      server.resume();
      until(one.sharing::healthy);
      one.settle();
      assertThat(two.orders.ask(9).join().day()).isEqualTo(20);
      assertThat(one.orders.ask(9).join().day()).isEqualTo(20);
    }
  }

  @Test
  void manyThreadsLoseNothing() throws InterruptedException {
    try (Process one = new Process();
        Process two = new Process()) {
      Thread[] threads = new Thread[4];
      for (int t = 0; t < threads.length; t++) {
        OrderCounts orders = t % 2 == 0 ? one.orders : two.orders;
        threads[t] =
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < 10; i++) {
                    orders.take(8, 1);
                  }
                });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      one.settle();
      two.settle();
      assertThat(one.orders.ask(8).join().day()).isEqualTo(40);
      assertThat(two.orders.ask(8).join().day()).isEqualTo(40);
    }
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("20 seconds").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }
}
