package org.fondaco.chain.bn128;

import java.math.BigInteger;

/**
 * A point of y² = x³ + b in Jacobian coordinates: (x/z², y/z³), at infinity where z is zero.
 * Formulas of the Explicit-Formulas Database, dbl-2009-l and add-2007-bl.
 */
record Point<F extends Field<F>>(F x, F y, F z) {
  boolean isInfinite() {
    return z.isZero();
  }

  /** The same point with z = 1; not at infinity. */
  Point<F> affine() {
    F inverse = z.inverse();
    F square = inverse.multiply(inverse);
    return new Point<>(
        x.multiply(square), y.multiply(square).multiply(inverse), z.multiply(inverse));
  }

  Point<F> negate() {
    return new Point<>(x, y.negate(), z);
  }

  Point<F> twice() {
    F a = x.multiply(x);
    F b = y.multiply(y);
    F c = b.multiply(b);
    F sum = x.add(b);
    F half = sum.multiply(sum).subtract(a).subtract(c);
    F d = half.add(half);
    F e = a.add(a).add(a);
    F newX = e.multiply(e).subtract(d.add(d));
    F c2 = c.add(c);
    F c4 = c2.add(c2);
    F newY = e.multiply(d.subtract(newX)).subtract(c4.add(c4));
    F yz = y.multiply(z);
    return new Point<>(newX, newY, yz.add(yz));
  }

  Point<F> add(Point<F> other) {
    if (isInfinite()) {
      return other;
    }
    if (other.isInfinite()) {
      return this;
    }
    F z1 = z.multiply(z);
    F z2 = other.z.multiply(other.z);
    F u1 = x.multiply(z2);
    F u2 = other.x.multiply(z1);
    F s1 = y.multiply(other.z).multiply(z2);
    F s2 = other.y.multiply(z).multiply(z1);
    F h = u2.subtract(u1);
    F r = s2.subtract(s1);
    if (h.isZero()) {
      // The same point, or its negative, whose sum is infinity: h is the zero wanted there.
      return r.isZero() ? twice() : new Point<>(x, y, h);
    }
    F h2 = h.multiply(h);
    F h3 = h2.multiply(h);
    F v = u1.multiply(h2);
    F newX = r.multiply(r).subtract(h3).subtract(v.add(v));
    F newY = r.multiply(v.subtract(newX)).subtract(s1.multiply(h3));
    return new Point<>(newX, newY, h.multiply(z).multiply(other.z));
  }

  /** Infinity where the factor is zero. */
  Point<F> multiply(BigInteger factor) {
    Point<F> result = new Point<>(x, y, z.subtract(z));
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      result = result.twice();
      if (factor.testBit(bit)) {
        result = result.add(this);
      }
    }
    return result;
  }
}
