package org.fondaco.chain.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every operation beside BigInteger, on random words and on those where carries and corrections
 * happen.
 */
class AluTest {
  private static final long SEED = 20261128;
  private static final int ROUNDS = 100_000;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final Random random = new Random(SEED);
  private final Alu alu = new Alu();

  private interface Operation {
    void apply(long[] s, int a, int b, int r);
  }

  @Test
  void binaryOperationsAreThoseOfBigInteger() {
    Map<String, Operation> ours =
        Map.ofEntries(
            Map.entry("add", Alu::add),
            Map.entry("subtract", Alu::subtract),
            Map.entry("multiply", Alu::multiply),
            Map.entry("divide", alu::divide),
            Map.entry("remainder", alu::remainder),
            Map.entry("signedDivide", alu::signedDivide),
            Map.entry("signedRemainder", alu::signedRemainder));
    Map<String, BinaryOperator<BigInteger>> theirs =
        Map.of(
            "add", BigInteger::add,
            "subtract", BigInteger::subtract,
            "multiply", BigInteger::multiply,
            "divide", (a, b) -> b.signum() == 0 ? b : a.divide(b),
            "remainder", (a, b) -> b.signum() == 0 ? b : a.mod(b),
            "signedDivide", (a, b) -> b.signum() == 0 ? b : signed(a).divide(signed(b)),
            "signedRemainder", (a, b) -> b.signum() == 0 ? b : signed(a).remainder(signed(b)));
    ours.forEach((name, operation) -> {
      for (int i = 0; i < ROUNDS; i++) {
        BigInteger a = word();
        BigInteger b = word();
        assertThat(run(operation, a, b))
            .as("%s(%x, %x), seed %d", name, a, b, SEED)
            .isEqualTo(Objects.requireNonNull(theirs.get(name)).apply(a, b).mod(MODULUS));
      }
    });
  }

  @Test
  void shiftsAndBytesAreThoseOfBigInteger() {
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger a = word();
      int by = random.nextInt(300);
      BigInteger shift = BigInteger.valueOf(by);
      assertThat(run(Bits::shiftLeft, shift, a)).isEqualTo(a.shiftLeft(by).mod(MODULUS));
      assertThat(run(Bits::shiftRight, shift, a)).isEqualTo(a.shiftRight(by));
      assertThat(run(Bits::shiftRightSigned, shift, a))
          .isEqualTo(signed(a).shiftRight(by).mod(MODULUS));
      assertThat(run(Bits::byteAt, shift, a))
          .isEqualTo(
              by > 31 ? BigInteger.ZERO : a.shiftRight(8 * (31 - by)).and(BigInteger.valueOf(255)));
      assertThat(run(Bits::signExtend, shift, a)).isEqualTo(extend(a, by));
    }
  }

  @Test
  void modularOperationsKeepTheBitsAbove() {
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger a = word();
      BigInteger b = word();
      BigInteger m = word();
      long[] limbs = limbs(a, b, m);
      alu.addModulo(limbs, 0, 4, 8, 0);
      assertThat(big(limbs, 0)).isEqualTo(m.signum() == 0 ? m : a.add(b).mod(m));
      limbs = limbs(a, b, m);
      alu.multiplyModulo(limbs, 0, 4, 8, 0);
      assertThat(big(limbs, 0)).isEqualTo(m.signum() == 0 ? m : a.multiply(b).mod(m));
    }
  }

  @Test
  void powersWrap() {
    for (int i = 0; i < 2_000; i++) {
      BigInteger a = word();
      BigInteger b = word();
      assertThat(run(alu::exponentiate, a, b)).isEqualTo(a.modPow(b, MODULUS));
    }
  }

  @Test
  void wordsCompare() {
    for (int i = 0; i < ROUNDS; i++) {
      BigInteger a = word();
      BigInteger b = i % 4 == 0 ? a : word();
      long[] limbs = limbs(a, b);
      assertThat(Integer.signum(Alu.compare(limbs, 0, 4))).isEqualTo(a.compareTo(b));
      assertThat(Integer.signum(Alu.compareSigned(limbs, 0, 4)))
          .isEqualTo(signed(a).compareTo(signed(b)));
      assertThat(Alu.bitLength(limbs, 0)).isEqualTo(a.bitLength());
    }
  }

  private static BigInteger run(Operation operation, BigInteger a, BigInteger b) {
    long[] limbs = limbs(a, b);
    operation.apply(limbs, 0, 4, 4);
    return big(limbs, 4);
  }

  private static long[] limbs(BigInteger... words) {
    long[] limbs = new long[4 * words.length];
    for (int i = 0; i < words.length; i++) {
      U256.of(words[i]).copyTo(limbs, 4 * i);
    }
    return limbs;
  }

  private static BigInteger big(long[] limbs, int at) {
    return U256.ofLimbs(limbs, at).toBigInteger();
  }

  private static BigInteger signed(BigInteger word) {
    return word.testBit(255) ? word.subtract(MODULUS) : word;
  }

  private static BigInteger extend(BigInteger a, int index) {
    if (index > 30) {
      return a;
    }
    BigInteger size = BigInteger.ONE.shiftLeft(8 * index + 8);
    BigInteger low = a.mod(size);
    return (low.testBit(8 * index + 7) ? low.subtract(size) : low).mod(MODULUS);
  }

  /**
   * Limbs of all zeros, all ones, small, with the top bit alone, or random: where mistakes hide.
   */
  private BigInteger word() {
    BigInteger word = BigInteger.ZERO;
    int limbs = random.nextInt(5);
    for (int i = 0; i < limbs; i++) {
      long limb =
          switch (random.nextInt(6)) {
            case 0 -> 0L;
            case 1 -> -1L;
            case 2 -> random.nextInt(4);
            case 3 -> Long.MIN_VALUE;
            default -> random.nextLong();
          };
      word = word.shiftLeft(64).or(U256.ofLimbs(limb, 0, 0, 0).toBigInteger());
    }
    return word;
  }
}
