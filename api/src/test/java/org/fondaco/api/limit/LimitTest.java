package org.fondaco.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.fondaco.api.error.ApiError;
import org.fondaco.api.error.ApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final TestClock clock = new TestClock(1_000 * DAY);

  private RequestWeights weights(int limit) {
    return new RequestWeights(new Limits(limit, 1, 1), clock, Sharing.none());
  }

  private OrderCounts counts(int tenSeconds, int day) {
    return new OrderCounts(new Limits(1, tenSeconds, day), clock, Sharing.none());
  }

  private static @Nullable Integer status(RequestWeights.Use use) {
    ApiError refusal = use.refusal();
    return refusal == null ? null : refusal.status();
  }

  private static ApiError refusal(RequestWeights.Use use) {
    return Objects.requireNonNull(use.refusal());
  }

  @Test
  void weighsByAddressAndMinute() {
    RequestWeights weights = weights(10);
    assertThat(status(weights.use("a", 10))).isNull();
    clock.pass(59_000);
    RequestWeights.Use second = weights.use("a", 1);
    assertThat(status(second)).isEqualTo(429);
    assertThat(second.used()).isEqualTo(11);
    assertThat(second.retryAfterSeconds()).isEqualTo(1);
    assertThat(refusal(second).message())
        .isEqualTo(
            "Too much request weight used; current limit is 10 request weight per 1 MINUTE. Please"
                + " use WebSocket Streams for live updates to avoid polling the API.");
    second.giveBack();
    assertThat(second.used()).isEqualTo(10);
    assertThat(status(weights.use("b", 10))).isNull();
    clock.pass(1_000);
    assertThat(status(weights.use("a", 10))).isNull();
  }

  @Test
  void countsANetworkOfIpv6AsOneSubscriber() {
    RequestWeights weights = weights(10);
    assertThat(status(weights.use("2001:db8:1:2:3::4", 10))).isNull();
    assertThat(status(weights.use("2001:db8:1:2:ffff::", 1))).isEqualTo(429);
    assertThat(status(weights.use("2001:db8:1:3:3::4", 1))).isNull();
  }

  @Test
  void bansWhoGoesOnLongerEachTime() {
    RequestWeights weights = weights(10);
    List<Long> lengths = new ArrayList<>();
    for (int ban = 0; ban < 8; ban++) {
      assertThat(status(weights.use("a", 11))).isEqualTo(429);
      for (int i = 1; i < RequestWeights.REFUSALS_MAX; i++) {
        assertThat(status(weights.use("a", 1))).isEqualTo(429);
      }
      RequestWeights.Use banned = weights.use("a", 1);
      assertThat(status(banned)).isEqualTo(418);
      assertThat(refusal(banned).code()).isEqualTo(-1003);
      assertThat(refusal(banned).message())
          .startsWith(
              "Way too much request weight used; IP banned until "
                  + (clock.wallMillis() + 1_000 * banned.retryAfterSeconds())
                  + ".");
      assertThat(status(weights.use("b", 1))).isNull();
      lengths.add(banned.retryAfterSeconds());
      clock.pass(1_000 * banned.retryAfterSeconds() - 1);
      assertThat(status(weights.use("a", 1))).isEqualTo(418);
      assertThat(weights.bannedSeconds("a")).isEqualTo(1);
      clock.pass(1);
      assertThat(weights.bannedSeconds("a")).isZero();
    }
    assertThat(lengths)
        .containsExactly(120L, 480L, 1_920L, 7_680L, 30_720L, 122_880L, 259_200L, 259_200L);
    // Three days of good conduct and the ladder begins anew.
    clock.pass(3 * DAY);
    for (int i = 0; i <= RequestWeights.REFUSALS_MAX; i++) {
      weights.use("a", 11);
    }
    assertThat(weights.bannedSeconds("a")).isEqualTo(120);
  }

  @Test
  void neitherBansNorWindowsFollowAClockThatIsSet() {
    RequestWeights weights = weights(10);
    weights.use("a", 10);
    clock.set(-HOUR);
    RequestWeights.Use use = weights.use("a", 1);
    assertThat(status(use)).as("set back: the count stays").isEqualTo(429);
    assertThat(use.retryAfterSeconds()).isBetween(1L, 60L);
    clock.pass(MINUTE);
    assertThat(status(weights.use("a", 10))).as("and ends with the interval").isNull();
    clock.set(HOUR);
    assertThat(status(weights.use("a", 10))).as("set forward: a new interval").isNull();
    assertThat(status(weights.use("a", 1))).isEqualTo(429);
    for (int i = 0; i < RequestWeights.REFUSALS_MAX; i++) {
      weights.use("a", 1);
    }
    assertThat(weights.bannedSeconds("a")).isEqualTo(120);
    clock.set(-DAY);
    assertThat(weights.bannedSeconds("a")).isEqualTo(120);
    clock.set(2 * DAY);
    assertThat(weights.bannedSeconds("a")).isEqualTo(120);
    clock.pass(120_000);
    assertThat(weights.bannedSeconds("a")).isZero();
  }

  @Test
  void countsOrdersByAccount() {
    OrderCounts counts = counts(1_000, 3);
    OrderCounts.Usage usage = counts.take(1, 3);
    assertThat(usage.day()).isEqualTo(3);
    assertThatThrownBy(() -> counts.take(1, 1))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.error().code()).isEqualTo(-1015);
              assertThat(e.error().status()).isEqualTo(429);
              assertThat(e.error().message())
                  .isEqualTo("Too many new orders; current limit is 3 orders per 1 DAY.");
            });
    assertThat(usage.day()).isEqualTo(3);
    assertThat(usage.tenSeconds()).isEqualTo(3);
    usage.giveBack(1);
    assertThat(counts.take(1, 1).day()).isEqualTo(3);
    assertThat(counts.take(2, 1).day()).isEqualTo(1);
  }

  /** faqs/order_count_decrement.md, Example 2: maker. */
  @Test
  void takesFiveOffForAFirstFillAsMakerAndNeverGoesBelowZero() {
    OrderCounts counts = counts(100, 100);
    for (int i = 0; i < 5; i++) {
      counts.take(1, 1);
    }
    counts.filled(1, true);
    assertThat(counts.take(1, 1).tenSeconds()).isEqualTo(1);
    assertThat(counts.take(1, 1).tenSeconds()).isEqualTo(2);
    counts.filled(1, true);
    assertThat(counts.take(1, 1).tenSeconds()).as("no credit").isEqualTo(1);
    counts.take(1, 1);
    counts.filled(1, false);
    assertThat(counts.ask(1).join().tenSeconds()).isEqualTo(1);
    assertThat(counts.ask(1).join().day()).isEqualTo(1);
  }

  @Test
  void fillsCountInTheIntervalInWhichTheyHappen() {
    OrderCounts counts = counts(100, 100);
    counts.take(1, 5);
    clock.pass(DAY);
    assertThat(counts.take(1, 10).day()).isEqualTo(10);
    counts.filled(1, true);
    assertThat(counts.ask(1).join().day()).isEqualTo(5);
    clock.set(-HOUR);
    assertThat(counts.ask(1).join().day()).as("set back across midnight").isEqualTo(5);
  }

  @Test
  void throttlesAttempts() {
    Throttle throttle = new Throttle("login", 3, 300, clock, Sharing.none());
    for (int i = 0; i < 3; i++) {
      assertThat(throttle.attempt("alice")).isZero();
    }
    clock.pass(10_000);
    assertThat(throttle.attempt("alice")).isEqualTo(290);
    assertThat(throttle.attempt("bob")).isZero();
    throttle.forgive("alice");
    throttle.forgive("alice");
    assertThat(throttle.attempt("alice")).isZero();
    clock.pass(290_000);
    assertThat(throttle.attempt("alice")).isZero();
  }
}
