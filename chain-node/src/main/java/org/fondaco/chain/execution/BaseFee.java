package org.fondaco.chain.execution;

import java.math.BigInteger;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.word.U256;

/** What a block asks for a unit of gas, and burns: EIP-1559. */
public final class BaseFee {
  /** Of London's first block, in wei. */
  public static final U256 INITIAL = U256.of(1_000_000_000);

  /** Blocks aim at half their limit; London's first doubles the limit. */
  public static final long ELASTICITY = 2;

  private static final BigInteger CHANGE_DENOMINATOR = BigInteger.valueOf(8);

  private BaseFee() {}

  /** The base fee of a London block after this parent, in wei a unit of gas. */
  public static U256 next(BlockHeader parent) {
    U256 before = parent.baseFee();
    if (before == null) {
      return INITIAL;
    }
    long target = parent.gasLimit() / ELASTICITY;
    if (parent.gasUsed() == target) {
      return before;
    }
    BigInteger change =
        before
            .toBigInteger()
            .multiply(BigInteger.valueOf(Math.abs(parent.gasUsed() - target)))
            .divide(BigInteger.valueOf(target))
            .divide(CHANGE_DENOMINATOR);
    return parent.gasUsed() > target
        ? U256.of(before.toBigInteger().add(change.max(BigInteger.ONE)))
        : U256.of(before.toBigInteger().subtract(change));
  }
}
