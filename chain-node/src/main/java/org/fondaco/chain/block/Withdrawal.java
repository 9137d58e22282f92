package org.fondaco.chain.block;

import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Address;

/**
 * What the beacon chain pays out in a block (EIP-4895).
 *
 * @param index of all withdrawals
 * @param validator index of the validator
 * @param amountGwei in 10^9 wei
 */
public record Withdrawal(long index, long validator, Address address, long amountGwei) {
  /** Appends the encoding. */
  public void encode(RlpWriter writer) {
    int start = writer.beginList();
    writer.number(index).number(validator).address(address).number(amountGwei).endList(start);
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws org.fondaco.chain.rlp.RlpException on anything else
   */
  public static Withdrawal decode(RlpItem.Items list) {
    if (list.size() != 4) {
      throw new org.fondaco.chain.rlp.RlpException("a withdrawal of " + list.size() + " fields");
    }
    return new Withdrawal(
        list.at(0).asLong(),
        list.at(1).asLong(),
        Address.of(list.at(2).asBytes(Address.BYTES)),
        list.at(3).asLong());
  }
}
