package org.fondaco.chain.state;

import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * What the state trie holds of an account (yellow paper, 4.1).
 *
 * @param nonce unsigned
 * @param balance in wei
 */
public record AccountLeaf(long nonce, U256 balance, Hash storageRoot, Hash codeHash) {
  public byte[] encode() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    return writer
        .word(U256.ofLimbs(nonce, 0, 0, 0))
        .word(balance)
        .hash(storageRoot)
        .hash(codeHash)
        .endList(start)
        .toBytes();
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws org.fondaco.chain.rlp.RlpException on anything else
   */
  public static AccountLeaf decode(byte[] encoded) {
    RlpItem.Items list = Rlp.decode(encoded).asList();
    return new AccountLeaf(
        list.at(0).asWord().longValue(),
        list.at(1).asWord(),
        Hash.of(list.at(2).asBytes(Hash.BYTES)),
        Hash.of(list.at(3).asBytes(Hash.BYTES)));
  }
}
