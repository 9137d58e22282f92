package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that is about to be written.
 *
 * @param unsigned as stored
 * @param anchor parts as stored; empty for a later attempt, which has its group's
 * @param inputs outputs that it spends, {@code txid:vout}
 * @param feeAtoms the most that it can cost
 * @param feeRate atoms a kilo virtual byte, or wei a gas
 * @param changeVout the output that comes back to us, -1 = none
 * @param nonce of an account chain
 */
record Draft(
    byte[] unsigned,
    List<String> anchor,
    List<String> inputs,
    BigInteger feeAtoms,
    BigInteger feeRate,
    int changeVout,
    @Nullable Long nonce) {}
