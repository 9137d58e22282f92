package org.fondaco.api.tape;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumTest {
  private static final long SEED = 128;

  @Test
  void isWhatBigIntegerSays() {
    Random random = new Random(SEED);
    Sum sum = new Sum();
    BigInteger expected = BigInteger.ZERO;
    ArrayDeque<Sum> parts = new ArrayDeque<>();
    for (int i = 0; i < 50_000; i++) {
      long amount = random.nextLong() >>> (1 + random.nextInt(62));
      switch (random.nextInt(4)) {
        case 0 -> {
          Sum part = new Sum();
          part.add(amount);
          part.add(Long.MAX_VALUE);
          part.add(Long.MAX_VALUE);
          sum.add(part);
          expected = expected.add(part.value());
          parts.add(part);
        }
        case 1 -> {
          Sum part = parts.poll();
          if (part != null) {
            sum.subtract(part);
            expected = expected.subtract(part.value());
          }
        }
        case 2 -> {
          BigInteger wide = BigInteger.valueOf(amount).multiply(BigInteger.valueOf(Long.MAX_VALUE));
          Sum part = new Sum();
          part.add(wide);
          assertThat(part.value()).isEqualTo(wide);
          sum.add(wide);
          sum.subtract(part);
        }
        default -> {
          sum.add(amount);
          expected = expected.add(BigInteger.valueOf(amount));
        }
      }
      assertThat(sum.value()).as("seed " + SEED + ", step " + i).isEqualTo(expected);
    }
    assertThat(expected.bitLength()).isGreaterThan(Long.SIZE);
  }
}
