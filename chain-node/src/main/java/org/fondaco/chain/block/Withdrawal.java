package org.fondaco.chain.block;

import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/**
 * What the beacon chain pays out in a block (EIP-4895).
 *
 * @param index of all withdrawals, unsigned
 * @param validator index of the validator, unsigned
 * @param amountGwei in 10^9 wei, unsigned
 */
public record Withdrawal(long index, long validator, Address address, long amountGwei) {
  /** Appends the encoding. */
  public void encode(RlpWriter writer) {
    int start = writer.beginList();
    writer
        .word(unsigned(index))
        .word(unsigned(validator))
        .address(address)
        .word(unsigned(amountGwei))
        .endList(start);
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws RlpException on anything else
   */
  public static Withdrawal decode(RlpItem.Items list) {
    if (list.size() != 4) {
      throw new RlpException("a withdrawal of " + list.size() + " fields");
    }
    return new Withdrawal(
        unsigned64(list.at(0)),
        unsigned64(list.at(1)),
        Address.of(list.at(2).asBytes(Address.BYTES)),
        unsigned64(list.at(3)));
  }

  private static U256 unsigned(long value) {
    return U256.ofLimbs(value, 0, 0, 0);
  }

  private static long unsigned64(RlpItem item) {
    U256 word = item.asWord();
    if (word.bitLength() > Long.SIZE) {
      throw new RlpException("a number above 2^64 - 1");
    }
    return word.longValue();
  }
}
