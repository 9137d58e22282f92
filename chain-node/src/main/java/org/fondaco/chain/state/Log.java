package org.fondaco.chain.state;

import java.util.List;
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
}
