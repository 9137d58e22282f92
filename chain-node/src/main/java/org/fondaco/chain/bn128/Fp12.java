package org.fondaco.chain.bn128;

import java.math.BigInteger;

/** Fp6[w] / (w² - v), where pairings end. */
record Fp12(Fp6 c0, Fp6 c1) {
  static final Fp12 ONE = new Fp12(Fp6.ONE, Fp6.ZERO);

  /** What the map x → x^(p²) multiplies the coefficient of w^i by: ξ^(i(p² - 1)/6). */
  private static final Fp2[] FROBENIUS_SQUARED = new Fp2[6];

  static {
    BigInteger sixth = Fp.P.multiply(Fp.P).subtract(BigInteger.ONE).divide(BigInteger.valueOf(6));
    for (int i = 0; i < 6; i++) {
      FROBENIUS_SQUARED[i] = Fp2.XI.power(sixth.multiply(BigInteger.valueOf(i)));
    }
  }

  Fp12 multiply(Fp12 other) {
    Fp6 v0 = c0.multiply(other.c0);
    Fp6 v1 = c1.multiply(other.c1);
    Fp6 mixed = c0.add(c1).multiply(other.c0.add(other.c1));
    return new Fp12(v0.add(v1.multiplyByV()), mixed.subtract(v0).subtract(v1));
  }

  Fp12 square() {
    Fp6 product = c0.multiply(c1);
    Fp6 sum = c0.add(c1).multiply(c0.add(c1.multiplyByV()));
    return new Fp12(sum.subtract(product).subtract(product.multiplyByV()), product.add(product));
  }

  /** x^(p⁶). */
  Fp12 conjugate() {
    return new Fp12(c0, c1.negate());
  }

  Fp12 inverse() {
    Fp6 norm = c0.multiply(c0).subtract(c1.multiply(c1).multiplyByV()).inverse();
    return new Fp12(c0.multiply(norm), c1.negate().multiply(norm));
  }

  Fp12 frobeniusSquared() {
    return new Fp12(
        new Fp6(
            c0.c0(),
            c0.c1().multiply(FROBENIUS_SQUARED[2]),
            c0.c2().multiply(FROBENIUS_SQUARED[4])),
        new Fp6(
            c1.c0().multiply(FROBENIUS_SQUARED[1]),
            c1.c1().multiply(FROBENIUS_SQUARED[3]),
            c1.c2().multiply(FROBENIUS_SQUARED[5])));
  }

  Fp12 power(BigInteger exponent) {
    Fp12 result = ONE;
    for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
      result = result.square();
      if (exponent.testBit(bit)) {
        result = result.multiply(this);
      }
    }
    return result;
  }
}
