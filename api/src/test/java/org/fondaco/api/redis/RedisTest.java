package org.fondaco.api.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisTest {
  @TempDir Path folder;

  @Test
  void comesBackByItself() throws IOException, InterruptedException, ExecutionException {
    try (RedisServer server = RedisServer.start(folder);
        Redis redis = Redis.open(server.url())) {
      assertThat(redis.available()).isTrue();
      assertThat(redis.commands().orElseThrow().set("a", "b").get()).isEqualTo("OK");
      assertThat(redis.toString()).doesNotContain(RedisServer.PASSWORD);
      server.kill();
      until(() -> !redis.available());
      long begin = System.nanoTime();
      assertThatThrownBy(() -> redis.commands().orElseThrow().get("a").get())
          .isInstanceOf(ExecutionException.class);
      assertThat(System.nanoTime() - begin).isLessThan(2 * Redis.TIMEOUT.toNanos());
      server.startAgain();
      until(redis::available);
      assertThat(redis.commands().orElseThrow().get("a").get()).isNull();
    }
  }

  @Test
  void startsBeforeItsServer() throws IOException, InterruptedException, ExecutionException {
    RedisServer server = RedisServer.start(folder);
    server.kill();
    try (server;
        Redis redis = Redis.open(server.url())) {
      assertThat(redis.available()).isFalse();
      assertThat(redis.commands()).isEmpty();
      server.startAgain();
      until(redis::available);
      assertThat(redis.commands().orElseThrow().ping().get()).isEqualTo("PONG");
    }
  }

  @Test
  void stopsWithoutItsServer() {
    Redis redis = Redis.open("redis://127.0.0.1:1");
    redis.close();
    assertThat(redis.available()).isFalse();
  }

  @Test
  void refusesOtherUrlsWithoutRepeatingThem() {
    for (String url :
        new String[] {
          "http://x:secret@h", "redis://:secret@h:port", "rediss-sentinel://secret@h"
        }) {
      assertThatThrownBy(() -> Redis.check(url))
          .isInstanceOf(IllegalArgumentException.class)
          .hasNoCause()
          .message()
          .doesNotContain("secret");
    }
    Redis.check("rediss://user:secret@redis.example:6380/2");
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("20 seconds").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }
}
