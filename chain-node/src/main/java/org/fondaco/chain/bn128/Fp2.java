package org.fondaco.chain.bn128;

import java.math.BigInteger;

/** Fp[u] / (u² + 1): {@code real + imaginary·u}. */
record Fp2(Fp real, Fp imaginary) implements Field<Fp2> {
  static final Fp2 ZERO = new Fp2(Fp.ZERO, Fp.ZERO);
  static final Fp2 ONE = new Fp2(Fp.ONE, Fp.ZERO);

  /** ξ = 9 + u, which is neither a square nor a cube. */
  static final Fp2 XI = new Fp2(Fp.of(BigInteger.valueOf(9)), Fp.ONE);

  @Override
  public Fp2 add(Fp2 other) {
    return new Fp2(real.add(other.real), imaginary.add(other.imaginary));
  }

  @Override
  public Fp2 subtract(Fp2 other) {
    return new Fp2(real.subtract(other.real), imaginary.subtract(other.imaginary));
  }

  @Override
  public Fp2 multiply(Fp2 other) {
    Fp reals = real.multiply(other.real);
    Fp imaginaries = imaginary.multiply(other.imaginary);
    Fp mixed = real.add(imaginary).multiply(other.real.add(other.imaginary));
    return new Fp2(reals.subtract(imaginaries), mixed.subtract(reals).subtract(imaginaries));
  }

  Fp2 multiply(Fp factor) {
    return new Fp2(real.multiply(factor), imaginary.multiply(factor));
  }

  /** By ξ: (9a - b) + (a + 9b)u. */
  Fp2 multiplyByXi() {
    return new Fp2(nine(real).subtract(imaginary), real.add(nine(imaginary)));
  }

  private static Fp nine(Fp element) {
    Fp two = element.add(element);
    Fp four = two.add(two);
    return four.add(four).add(element);
  }

  Fp2 conjugate() {
    return new Fp2(real, imaginary.negate());
  }

  @Override
  public Fp2 inverse() {
    Fp norm = real.multiply(real).add(imaginary.multiply(imaginary)).inverse();
    return new Fp2(real.multiply(norm), imaginary.negate().multiply(norm));
  }

  @Override
  public Fp2 negate() {
    return new Fp2(real.negate(), imaginary.negate());
  }

  @Override
  public boolean isZero() {
    return real.isZero() && imaginary.isZero();
  }

  Fp2 power(BigInteger exponent) {
    Fp2 result = ONE;
    for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
      result = result.multiply(result);
      if (exponent.testBit(bit)) {
        result = result.multiply(this);
      }
    }
    return result;
  }
}
