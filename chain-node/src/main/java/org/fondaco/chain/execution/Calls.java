package org.fondaco.chain.execution;

import java.util.List;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** Turns signed transactions into what the machine's side takes. */
public final class Calls {
  private Calls() {}

  /** The call of a transaction whose sender is known. */
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
        transaction.accessList().stream()
            .map(access -> new Call.Access(access.address(), words(access.keys())))
            .toList(),
        transaction.maxBlobFee(),
        words(transaction.blobHashes()));
  }

  private static List<U256> words(List<Hash> hashes) {
    return hashes.stream().map(Hash::toWord).toList();
  }
}
