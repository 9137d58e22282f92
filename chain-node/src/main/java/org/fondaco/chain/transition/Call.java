package org.fondaco.chain.transition;

import java.util.List;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as execution sees it: its sender is known, its signature and encoding are not its
 * business.
 *
 * @param type 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844
 * @param nonce unsigned
 * @param to null for a creation
 * @param maxFee in wei a unit of gas; the gas price of types 0 and 1
 * @param maxPriorityFee in wei a unit of gas; the gas price of types 0 and 1
 * @param input must not be changed
 * @param maxBlobFee in wei a unit of blob gas; type 3 only
 */
@SuppressWarnings("ArrayRecordComponent") // read only, and as large as a transaction
public record Call(
    int type,
    Address sender,
    long nonce,
    U256 gasLimit,
    @Nullable Address to,
    U256 value,
    byte[] input,
    U256 maxFee,
    U256 maxPriorityFee,
    List<Access> accessList,
    U256 maxBlobFee,
    List<U256> blobHashes) {
  /** One entry of an access list: EIP-2930. */
  public record Access(Address address, List<U256> keys) {}
}
