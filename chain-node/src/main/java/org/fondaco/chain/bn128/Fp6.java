package org.fondaco.chain.bn128;

/** Fp2[v] / (v³ - ξ). */
record Fp6(Fp2 c0, Fp2 c1, Fp2 c2) {
  static final Fp6 ZERO = new Fp6(Fp2.ZERO, Fp2.ZERO, Fp2.ZERO);
  static final Fp6 ONE = new Fp6(Fp2.ONE, Fp2.ZERO, Fp2.ZERO);

  Fp6 add(Fp6 other) {
    return new Fp6(c0.add(other.c0), c1.add(other.c1), c2.add(other.c2));
  }

  Fp6 subtract(Fp6 other) {
    return new Fp6(c0.subtract(other.c0), c1.subtract(other.c1), c2.subtract(other.c2));
  }

  Fp6 multiply(Fp6 other) {
    Fp2 v0 = c0.multiply(other.c0);
    Fp2 v1 = c1.multiply(other.c1);
    Fp2 v2 = c2.multiply(other.c2);
    Fp2 mixed12 = c1.add(c2).multiply(other.c1.add(other.c2)).subtract(v1).subtract(v2);
    Fp2 mixed01 = c0.add(c1).multiply(other.c0.add(other.c1)).subtract(v0).subtract(v1);
    Fp2 mixed02 = c0.add(c2).multiply(other.c0.add(other.c2)).subtract(v0).subtract(v2);
    return new Fp6(v0.add(mixed12.multiplyByXi()), mixed01.add(v2.multiplyByXi()), mixed02.add(v1));
  }

  Fp6 multiplyByV() {
    return new Fp6(c2.multiplyByXi(), c0, c1);
  }

  Fp6 negate() {
    return new Fp6(c0.negate(), c1.negate(), c2.negate());
  }

  Fp6 inverse() {
    Fp2 t0 = c0.multiply(c0).subtract(c1.multiply(c2).multiplyByXi());
    Fp2 t1 = c2.multiply(c2).multiplyByXi().subtract(c0.multiply(c1));
    Fp2 t2 = c1.multiply(c1).subtract(c0.multiply(c2));
    Fp2 norm = c0.multiply(t0).add(c2.multiply(t1).add(c1.multiply(t2)).multiplyByXi()).inverse();
    return new Fp6(t0.multiply(norm), t1.multiply(norm), t2.multiply(norm));
  }
}
