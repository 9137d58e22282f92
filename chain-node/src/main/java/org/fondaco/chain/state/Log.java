package org.fondaco.chain.state;

import java.util.List;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/** What LOG0 to LOG4 leave in a receipt. {@code data} must not be changed. */
@SuppressWarnings("ArrayRecordComponent") // the machine's own copy, handed on
public record Log(Address address, List<U256> topics, byte[] data) {
  public void encode(RlpWriter writer) {
    int start = writer.beginList();
    writer.address(address);
    int list = writer.beginList();
    topics.forEach(topic -> writer.bytes(topic.toBytes32()));
    writer.endList(list).bytes(data).endList(start);
  }

  /**
   * Reads what {@link #encode} writes.
   *
   * @throws org.fondaco.chain.rlp.RlpException on anything else
   */
  public static Log decode(RlpItem.Items list) {
    return new Log(
        Address.of(list.at(0).asBytes(Address.BYTES)),
        list.at(1).asList().items().stream()
            .map(topic -> U256.fromBytes(topic.asBytes(U256.BYTES)))
            .toList(),
        list.at(2).asBytes());
  }
}
