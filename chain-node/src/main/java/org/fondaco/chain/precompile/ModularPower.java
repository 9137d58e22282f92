package org.fondaco.chain.precompile;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * MODEXP of EIP-198, with the gas of EIP-2565 from Berlin on. Its numbers are of any length, so
 * BigInteger serves.
 */
final class ModularPower implements Precompile {
  private final boolean repriced;

  ModularPower(boolean repriced) {
    this.repriced = repriced;
  }

  @Override
  public long gas(byte[] input) {
    BigInteger baseLength = number(input, 0, 32);
    BigInteger exponentLength = number(input, 32, 32);
    BigInteger modulusLength = number(input, 64, 32);
    BigInteger longer = baseLength.max(modulusLength);
    BigInteger rounds = rounds(input, baseLength, exponentLength).max(BigInteger.ONE);
    BigInteger cost;
    if (repriced) {
      BigInteger words = longer.add(BigInteger.valueOf(7)).shiftRight(3);
      cost =
          words
              .multiply(words)
              .multiply(rounds)
              .divide(BigInteger.valueOf(3))
              .max(BigInteger.valueOf(200));
    } else {
      cost = complexity(longer).multiply(rounds).divide(BigInteger.valueOf(20));
    }
    return cost.bitLength() > 62 ? Long.MAX_VALUE : cost.longValue();
  }

  private static BigInteger complexity(BigInteger x) {
    BigInteger square = x.multiply(x);
    if (x.compareTo(BigInteger.valueOf(64)) <= 0) {
      return square;
    }
    if (x.compareTo(BigInteger.valueOf(1024)) <= 0) {
      return square
          .shiftRight(2)
          .add(x.multiply(BigInteger.valueOf(96)))
          .subtract(BigInteger.valueOf(3_072));
    }
    return square
        .shiftRight(4)
        .add(x.multiply(BigInteger.valueOf(480)))
        .subtract(BigInteger.valueOf(199_680));
  }

  /**
   * The "adjusted exponent length": the place of the highest bit, exact only within the first 32
   * bytes.
   */
  private static BigInteger rounds(byte[] input, BigInteger baseLength, BigInteger exponentLength) {
    BigInteger word = BigInteger.valueOf(32);
    int headLength = exponentLength.min(word).intValue();
    BigInteger head =
        baseLength.bitLength() > 31
            ? BigInteger.ZERO
            : number(input, 96L + baseLength.intValue(), headLength);
    BigInteger bits = BigInteger.valueOf(Math.max(0, head.bitLength() - 1));
    return exponentLength.compareTo(word) <= 0
        ? bits
        : exponentLength.subtract(word).shiftLeft(3).add(bits);
  }

  @Override
  public byte[] run(byte[] input) {
    BigInteger modulusLength = number(input, 64, 32);
    BigInteger baseLength = number(input, 0, 32);
    if (modulusLength.signum() == 0) {
      return new byte[0];
    }
    // The gas was paid, so the base and the modulus fit; an exponent can be long where nothing else
    // is.
    int base = baseLength.intValueExact();
    int modulus = modulusLength.intValueExact();
    BigInteger exponentLength = number(input, 32, 32);
    int exponent = exponentLength.bitLength() > 31 ? Integer.MAX_VALUE : exponentLength.intValue();
    BigInteger m = number(input, 96L + base + exponent, modulus);
    byte[] output = new byte[modulus];
    if (m.signum() != 0) {
      byte[] result =
          number(input, 96, base).modPow(number(input, 96L + base, exponent), m).toByteArray();
      int length = Math.min(result.length, modulus);
      System.arraycopy(result, result.length - length, output, modulus - length, length);
    }
    return output;
  }

  /** A number of {@code length} bytes; beyond the input's end they are zeros. */
  private static BigInteger number(byte[] input, long offset, int length) {
    if (offset >= input.length) {
      return BigInteger.ZERO;
    }
    int available = (int) Math.min(length, input.length - offset);
    byte[] bytes = Arrays.copyOfRange(input, (int) offset, (int) offset + available);
    return new BigInteger(1, bytes).shiftLeft(8 * (length - available));
  }
}
