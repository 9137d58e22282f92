package org.fondaco.api.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.fondaco.api.error.ApiException;
import org.junit.jupiter.api.Test;

class LimitTest {

  @Test
  void weighsByAddressAndMinute() {
    RequestWeights weights = new RequestWeights(new Limits(10, 1, 1));
    assertThat(weights.use("a", 10, 60).exceeded()).isFalse();
    RequestWeights.Use second = weights.use("a", 1, 119);
    assertThat(second.exceeded()).isTrue();
    assertThat(second.used()).isEqualTo(11);
    assertThat(second.retryAfterSeconds()).isEqualTo(1);
    second.giveBack();
    assertThat(second.exceeded()).isFalse();
    assertThat(weights.use("b", 10, 119).exceeded()).isFalse();
    assertThat(weights.use("a", 10, 120).exceeded()).isFalse();
  }

  @Test
  void countsOrdersByAccount() {
    OrderCounts counts = new OrderCounts(new Limits(1, 1_000, 3));
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
    usage.filled(1);
    assertThat(counts.take(1, 1).day()).isEqualTo(3);
    assertThat(counts.take(2, 1).day()).isEqualTo(1);
  }
}
