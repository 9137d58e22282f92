package org.fondaco.chain.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction left (yellow paper, 4.3.1; EIP-658, EIP-2718).
 *
 * @param type of the transaction
 * @param stateRoot after the transaction, before Byzantium; null since
 * @param success whether it ran to its end; before Byzantium not part of the encoding
 * @param cumulativeGasUsed of the block up to and with this transaction
 * @param bloom 256 bytes; must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record Receipt(
    int type,
    @Nullable Hash stateRoot,
    boolean success,
    long cumulativeGasUsed,
    byte[] bloom,
    List<Log> logs) {
  /** The bytes that the receipts trie holds: a list, or a type and a list. */
  public byte[] encode() {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    if (stateRoot != null) {
      writer.hash(stateRoot);
    } else {
      writer.number(success ? 1 : 0);
    }
    writer.number(cumulativeGasUsed).bytes(bloom);
    int list = writer.beginList();
    logs.forEach(log -> log.encode(writer));
    byte[] body = writer.endList(list).endList(start).toBytes();
    if (type == 0) {
      return body;
    }
    byte[] typed = new byte[body.length + 1];
    typed[0] = (byte) type;
    System.arraycopy(body, 0, typed, 1, body.length);
    return typed;
  }

  /**
   * Reads what {@link #encode} writes; a receipt with a state root reads as successful.
   *
   * @throws RlpException on anything else
   */
  public static Receipt decode(byte[] encoded) {
    if (encoded.length == 0) {
      throw new RlpException("an empty receipt");
    }
    int type = encoded[0] >= 0 ? encoded[0] : 0;
    RlpItem.Items list =
        Rlp.decode(type == 0 ? encoded : Arrays.copyOfRange(encoded, 1, encoded.length)).asList();
    if (list.size() != 4) {
      throw new RlpException("a receipt of " + list.size() + " fields");
    }
    byte[] first = list.at(0).asBytes();
    boolean rooted = first.length == Hash.BYTES;
    List<Log> logs = new ArrayList<>();
    list.at(3).asList().items().forEach(item -> logs.add(Log.decode(item.asList())));
    return new Receipt(
        type,
        rooted ? Hash.of(first) : null,
        rooted || list.at(0).asLong() == 1,
        list.at(1).asLong(),
        list.at(2).asBytes(BlockHeader.BLOOM_BYTES),
        List.copyOf(logs));
  }
}
