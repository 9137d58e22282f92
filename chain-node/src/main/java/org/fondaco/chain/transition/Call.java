package org.fondaco.chain.transition;

import java.util.List;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
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
    List<Transaction.Access> accessList,
    U256 maxBlobFee,
    List<Hash> blobHashes) {
  /** What a signed transaction asks for. */
  public static Call of(Transaction transaction, Address sender) {
    return new Call(
        transaction.type(),
        sender,
        transaction.nonce(),
        U256.ofLimbs(transaction.gasLimit(), 0, 0, 0),
        transaction.to(),
        transaction.value(),
        transaction.data(),
        transaction.maxFee(),
        transaction.maxPriorityFee(),
        transaction.accessList(),
        transaction.maxBlobFee(),
        transaction.blobHashes());
  }

  Call withNonce(long other) {
    return new Call(
        type,
        sender,
        other,
        gasLimit,
        to,
        value,
        input,
        maxFee,
        maxPriorityFee,
        accessList,
        maxBlobFee,
        blobHashes);
  }
}
