package org.fondaco.chain.bn128;

/** What the curve needs of the field that its coordinates are of. Elements never change. */
interface Field<F extends Field<F>> {
  F add(F other);

  F subtract(F other);

  F multiply(F other);

  F inverse();

  F negate();

  boolean isZero();
}
