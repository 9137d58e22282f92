package org.fondaco.chain.bn128;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Addition, multiplication and the pairing check on bytes as EIP-196 and EIP-197 encode points. */
public final class Bn128 {
  private static final int FIELD_BYTES = 32;
  private static final int G1_BYTES = 64;

  /** A point of each group, as EIP-197's input lists them. */
  public static final int PAIR_BYTES = 192;

  private static final Fp B = Fp.of(BigInteger.valueOf(3));
  private static final Fp2 TWIST_B = new Fp2(B, Fp.ZERO).multiply(Fp2.XI.inverse());

  private Bn128() {}

  /** The sum of the points in the 128 bytes of input; null if one is none. */
  public static byte @Nullable [] add(byte[] input) {
    Point<Fp> left = g1(input, 0);
    Point<Fp> right = g1(input, G1_BYTES);
    return left == null || right == null ? null : encode(left.add(right));
  }

  /** The point in the first 64 bytes times the number in the next 32; null if the point is none. */
  public static byte @Nullable [] multiply(byte[] input) {
    Point<Fp> point = g1(input, 0);
    return point == null ? null : encode(point.multiply(number(input, G1_BYTES)));
  }

  /** Whether the product of the pairings is one; null if a point is none or not of the group. */
  public static @Nullable Boolean pairingIsOne(byte[] input) {
    Fp12 product = Fp12.ONE;
    for (int at = 0; at < input.length; at += PAIR_BYTES) {
      Point<Fp> p = g1(input, at);
      Point<Fp2> q = g2(input, at + G1_BYTES);
      if (p == null || q == null) {
        return null;
      }
      if (!p.isInfinite() && !q.isInfinite()) {
        product = product.multiply(Pairing.miller(p, q));
      }
    }
    return Pairing.isOne(product);
  }

  private static @Nullable Point<Fp> g1(byte[] input, int at) {
    Fp x = element(input, at);
    Fp y = element(input, at + FIELD_BYTES);
    if (x == null || y == null) {
      return null;
    }
    if (x.isZero() && y.isZero()) {
      return new Point<>(x, y, Fp.ZERO);
    }
    boolean onCurve = y.multiply(y).equals(x.multiply(x).multiply(x).add(B));
    return onCurve ? new Point<>(x, y, Fp.ONE) : null;
  }

  /** The imaginary part comes first. */
  private static @Nullable Point<Fp2> g2(byte[] input, int at) {
    Fp xImaginary = element(input, at);
    Fp xReal = element(input, at + FIELD_BYTES);
    Fp yImaginary = element(input, at + 2 * FIELD_BYTES);
    Fp yReal = element(input, at + 3 * FIELD_BYTES);
    if (xImaginary == null || xReal == null || yImaginary == null || yReal == null) {
      return null;
    }
    Fp2 x = new Fp2(xReal, xImaginary);
    Fp2 y = new Fp2(yReal, yImaginary);
    if (x.isZero() && y.isZero()) {
      return new Point<>(x, y, Fp2.ZERO);
    }
    if (!y.multiply(y).equals(x.multiply(x).multiply(x).add(TWIST_B))) {
      return null;
    }
    Point<Fp2> point = new Point<>(x, y, Fp2.ONE);
    return point.multiply(Pairing.ORDER).isInfinite() ? point : null;
  }

  private static @Nullable Fp element(byte[] input, int at) {
    BigInteger value = number(input, at);
    return value.compareTo(Fp.P) < 0 ? Fp.of(value) : null;
  }

  private static BigInteger number(byte[] input, int at) {
    return new BigInteger(1, Arrays.copyOfRange(input, at, at + FIELD_BYTES));
  }

  private static byte[] encode(Point<Fp> point) {
    byte[] output = new byte[G1_BYTES];
    if (!point.isInfinite()) {
      Point<Fp> affine = point.affine();
      write(affine.x(), output, FIELD_BYTES);
      write(affine.y(), output, G1_BYTES);
    }
    return output;
  }

  private static void write(Fp element, byte[] output, int end) {
    byte[] bytes = element.toBigInteger().toByteArray();
    int length = Math.min(bytes.length, FIELD_BYTES);
    System.arraycopy(bytes, bytes.length - length, output, end - length, length);
  }
}
