package org.fondaco.chain.bn128;

import java.math.BigInteger;

/**
 * The optimal ate pairing of "High-Speed Software Implementation of the Optimal Ate Pairing over
 * Barreto-Naehrig Curves" (Beuchat and others, 2010), with lines through affine points of the
 * twist.
 */
final class Pairing {
  /** The order of both groups: EIP-196. */
  static final BigInteger ORDER =
      new BigInteger(
          "21888242871839275222246405745257275088548364400416034343698204186575808495617");

  /** 6x + 2 for the curve's x = 4965661367192848881. */
  private static final BigInteger LOOP = new BigInteger("29793968203157093288");

  /** The part (p⁴ - p² + 1) / r of the final exponent (p¹² - 1) / r. */
  private static final BigInteger HARD_PART =
      Fp.P.pow(4).subtract(Fp.P.pow(2)).add(BigInteger.ONE).divide(ORDER);

  private static final Fp2 TWIST_X =
      Fp2.XI.power(Fp.P.subtract(BigInteger.ONE).divide(BigInteger.valueOf(3)));
  private static final Fp2 TWIST_Y =
      Fp2.XI.power(Fp.P.subtract(BigInteger.ONE).divide(BigInteger.TWO));

  private final Fp px;
  private final Fp py;
  private final Fp2 qx;
  private final Fp2 qy;

  /** The running point, affine. */
  private Fp2 tx;

  private Fp2 ty;
  private Fp12 value = Fp12.ONE;

  private Pairing(Point<Fp> p, Point<Fp2> q) {
    Point<Fp> affineP = p.affine();
    Point<Fp2> affineQ = q.affine();
    px = affineP.x();
    py = affineP.y();
    qx = affineQ.x();
    qy = affineQ.y();
    tx = qx;
    ty = qy;
  }

  /** Miller's loop for two points of order r that are not at infinity. */
  static Fp12 miller(Point<Fp> p, Point<Fp2> q) {
    return new Pairing(p, q).loop();
  }

  /** Raises a product of loops to (p¹² - 1) / r; it is one exactly if the pairings' product is. */
  static boolean isOne(Fp12 product) {
    Fp12 first = product.conjugate().multiply(product.inverse());
    Fp12 easy = first.frobeniusSquared().multiply(first);
    return easy.power(HARD_PART).equals(Fp12.ONE);
  }

  private Fp12 loop() {
    for (int bit = LOOP.bitLength() - 2; bit >= 0; bit--) {
      value = value.square();
      twice();
      if (LOOP.testBit(bit)) {
        add(qx, qy);
      }
    }
    Fp2 frobeniusX = qx.conjugate().multiply(TWIST_X);
    Fp2 frobeniusY = qy.conjugate().multiply(TWIST_Y);
    add(frobeniusX, frobeniusY);
    add(
        frobeniusX.conjugate().multiply(TWIST_X),
        frobeniusY.conjugate().multiply(TWIST_Y).negate());
    return value;
  }

  private void twice() {
    Fp2 square = tx.multiply(tx);
    line(square.add(square).add(square).multiply(ty.add(ty).inverse()), tx);
  }

  /**
   * Points of prime order do not meet their negative before the loop ends, so the slope is finite
   * but in the last step.
   */
  private void add(Fp2 x, Fp2 y) {
    Fp2 run = x.subtract(tx);
    if (run.isZero()) {
      // A vertical line lies in a subfield, which the final exponentiation takes to one.
      return;
    }
    line(y.subtract(ty).multiply(run.inverse()), x);
  }

  /**
   * Multiplies by the line through the running point, evaluated at P, and moves the point to where
   * the line meets the curve again: with the point untwisted to (x·w², y·w³), the line is yP -
   * λ·xP·w + (λ·x - y)·w³.
   */
  private void line(Fp2 slope, Fp2 otherX) {
    Fp6 even = new Fp6(new Fp2(py, Fp.ZERO), Fp2.ZERO, Fp2.ZERO);
    Fp6 odd = new Fp6(slope.multiply(px).negate(), slope.multiply(tx).subtract(ty), Fp2.ZERO);
    value = value.multiply(new Fp12(even, odd));
    Fp2 nextX = slope.multiply(slope).subtract(tx).subtract(otherX);
    ty = slope.multiply(tx.subtract(nextX)).subtract(ty);
    tx = nextX;
  }
}
