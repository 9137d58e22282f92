package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.fondaco.api.redis.Redis;
import org.fondaco.api.redis.RedisServer;
import org.fondaco.api.security.Role;
import org.fondaco.api.session.PeopleSessions;
import org.fondaco.api.session.SessionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions in a real Redis: they outlive the venue, are shared, and can be lost without harm. */
class SharedSessionsTest {
  @TempDir Path temporary;

  @Test
  void survivesARestartAndReadsClearlyWhenRedisIsGone() throws Exception {
    try (RedisServer redis = RedisServer.start(temporary.resolve("redis"))) {
      Path data = temporary.resolve("data");
      Browser before;
      String cookie;
      long userId;
      ApiClient alice;
      try (TestVenue venue = TestVenue.start(data, "FONDACO_REDIS_URL", redis.url()).seed()) {
        before = venue.person("rosa", Role.TRADER);
        userId = before.get("/v1/account").ok().json().path("userId").asLong();
        cookie = before.cookie("fondaco-session");
      }
      try (TestVenue venue = TestVenue.start(data, "FONDACO_REDIS_URL", redis.url())) {
        alice = venue.client(TestVenue.ALICE);
        Browser after = new Browser(venue.venue().address());
        after.cookie("fondaco-session", cookie);
        assertThat(after.get("/v1/account").ok().json().path("name").asString()).isEqualTo("rosa");

        try (Redis other = Redis.open(redis.url())) {
          PeopleSessions elsewhere = PeopleSessions.through(other, SessionSettings.DEFAULT);
          assertThat(elsewhere.of(userId)).hasSize(1);
          assertThat(other.commands().orElseThrow().keys("*" + cookie + "*").get())
              .as("the store does not have what the browser has")
              .isEmpty();
          assertThat(elsewhere.endAll(userId, null)).isEqualTo(1);
        }
        assertThat(after.get("/v1/account").status()).as("ended elsewhere").isEqualTo(401);

        after.signIn("rosa", Browser.PASSWORD);
        redis.kill();
        Browser.Reply lost = after.get("/v1/account");
        assertThat(lost.status()).isEqualTo(503);
        assertThat(lost.code()).isEqualTo(-8016);
        assertThat(lost.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(alice.signed("GET", "/api/v3/account").status()).isEqualTo(200);
        assertThat(alice.signed("GET", "/v1/account").status()).isEqualTo(200);
        redis.startAgain();
        awaitConnection(venue);
        assertThat(after.get("/v1/account").status()).as("forgotten by Redis").isEqualTo(401);
        after.signIn("rosa", Browser.PASSWORD);
        assertThat(after.get("/v1/account").status()).isEqualTo(200);
      }
    }
  }

  private static void awaitConnection(TestVenue venue) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!venue.venue().redis().orElseThrow().available()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
