package org.fondaco.chain.pool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A transaction before it is checked, with all that can be computed without the pool's lock.
 *
 * @param bytes its encoded size
 * @param sender null if none could have signed
 */
record Candidate(Transaction transaction, Hash hash, int bytes, @Nullable Address sender) {
  static Candidate of(Transaction transaction) {
    byte[] encoded = transaction.encode();
    return new Candidate(transaction, Keccak.hash(encoded), encoded.length, transaction.sender());
  }

  /** What a reorganisation took from the chain and did not put in again, the oldest first. */
  static List<Candidate> offTheChain(List<Block> removed, List<Block> added) {
    if (removed.isEmpty()) {
      return List.of();
    }
    Set<Hash> included = new HashSet<>();
    added.forEach(block -> block.transactions().forEach(each -> included.add(each.hash())));
    List<Block> oldestFirst = new ArrayList<>(removed);
    Collections.reverse(oldestFirst);
    return oldestFirst.stream()
        .flatMap(block -> block.transactions().stream())
        .map(Candidate::of)
        .filter(candidate -> !included.contains(candidate.hash()))
        .toList();
  }
}
