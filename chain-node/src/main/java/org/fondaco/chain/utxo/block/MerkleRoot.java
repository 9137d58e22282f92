package org.fondaco.chain.utxo.block;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;

/**
 * The root of a tree of hashes in pairs, the last paired with itself where it has no partner.
 *
 * @param mutated whether two equal hashes were partners, so that a list with fewer or more
 *     transactions has the same root (CVE-2012-2459)
 */
public record MerkleRoot(Hash root, boolean mutated) {
  /** Of the transactions' txids: what the header commits to. */
  public static MerkleRoot ofTransactions(List<Transaction> transactions) {
    return of(transactions.stream().map(Transaction::txid).toList());
  }

  /** BIP-141: of the wtxids, with zero for the coinbase, whose witness is the reserved value. */
  public static MerkleRoot ofWitnesses(List<Transaction> transactions) {
    List<Hash> hashes = new ArrayList<>(transactions.stream().map(Transaction::wtxid).toList());
    hashes.set(0, Hash.ZERO);
    return of(hashes);
  }

  /** Of hashes in the order of the wire; zero for none. */
  public static MerkleRoot of(List<Hash> leaves) {
    boolean mutated = false;
    List<Hash> level = leaves;
    while (level.size() > 1) {
      List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
      for (int i = 0; i < level.size(); i += 2) {
        Hash left = level.get(i);
        boolean paired = i + 1 < level.size();
        Hash right = paired ? level.get(i + 1) : left;
        mutated |= paired && left.equals(right);
        above.add(join(left, right));
      }
      level = above;
    }
    return new MerkleRoot(level.isEmpty() ? Hash.ZERO : level.getFirst(), mutated);
  }

  private static Hash join(Hash left, Hash right) {
    byte[] pair = new byte[2 * Hash.BYTES];
    left.copyTo(pair, 0);
    right.copyTo(pair, Hash.BYTES);
    return Hash.of(Sha256.twice(pair));
  }
}
