package org.fondaco.custody.chain;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * An asset and how its two units relate. The chain counts atoms (10^-decimals), the ledger units
 * (10^-scale). Where a unit is smaller than an atom, only whole atoms can be withdrawn.
 *
 * @param id the engine's
 * @param code for example USDT
 * @param chain where it lives
 * @param contract 20 bytes in lower-case hexadecimal without prefix, null for the chain's own coin
 * @param decimals of the chain, 0 to 36
 * @param scale of the ledger, 0 to 10
 */
public record Asset(
    int id, String code, ChainName chain, @Nullable String contract, int decimals, int scale) {

  /** Whole units in an amount of atoms, rounded down. Throws ArithmeticException beyond a long. */
  public long units(BigInteger atoms) {
    int shift = decimals - scale;
    BigInteger units =
        shift >= 0
            ? atoms.divide(BigInteger.TEN.pow(shift))
            : atoms.multiply(BigInteger.TEN.pow(-shift));
    return units.longValueExact();
  }

  /** Atoms that are less than a unit. */
  public BigInteger residue(BigInteger atoms) {
    int shift = decimals - scale;
    return shift > 0 ? atoms.mod(BigInteger.TEN.pow(shift)) : BigInteger.ZERO;
  }

  /**
   * The atoms of an amount of units.
   *
   * @throws ArithmeticException when it is not a whole number of atoms
   */
  public BigInteger atoms(long units) {
    int shift = decimals - scale;
    if (shift >= 0) {
      return BigInteger.valueOf(units).multiply(BigInteger.TEN.pow(shift));
    }
    BigInteger[] whole = BigInteger.valueOf(units).divideAndRemainder(BigInteger.TEN.pow(-shift));
    if (whole[1].signum() != 0) {
      throw new ArithmeticException(code + " has " + decimals + " decimals on " + chain);
    }
    return whole[0];
  }

  /** Units that cover an amount of atoms, rounded up. */
  public long unitsCovering(BigInteger atoms) {
    return residue(atoms).signum() == 0 ? units(atoms) : Math.addExact(units(atoms), 1);
  }

  /** True for the coin in which the chain's fees are paid. */
  public boolean isCoin() {
    return contract == null;
  }
}
