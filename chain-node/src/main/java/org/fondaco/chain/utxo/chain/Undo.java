package org.fondaco.chain.utxo.chain;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;

/**
 * What a block spent: for each of its transactions but the coinbase, what each input spent.
 *
 * @param spent in the order of the block
 */
public record Undo(List<List<UnspentOutput>> spent) {
  public Undo {
    spent = List.copyOf(spent);
  }

  byte[] encode() {
    WireWriter writer = new WireWriter();
    writer.size(spent.size());
    for (List<UnspentOutput> inputs : spent) {
      writer.size(inputs.size());
      inputs.forEach(each -> write(each, writer));
    }
    return writer.toBytes();
  }

  static Undo decode(byte[] bytes) {
    WireReader reader = new WireReader(bytes);
    int count = reader.count(1);
    List<List<UnspentOutput>> spent = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int inputs = reader.count(1);
      List<UnspentOutput> list = new ArrayList<>(inputs);
      for (int k = 0; k < inputs; k++) {
        list.add(read(reader));
      }
      spent.add(List.copyOf(list));
    }
    reader.end();
    return new Undo(spent);
  }

  /** Height and coinbase in 32 bits, then the output as on the wire. */
  static void write(UnspentOutput unspent, WireWriter writer) {
    writer.int32((long) unspent.height() << 1 | (unspent.coinbase() ? 1 : 0));
    writer.int64(unspent.output().value()).prefixed(unspent.output().script());
  }

  static UnspentOutput read(WireReader reader) {
    long code = reader.uint32();
    return new UnspentOutput(
        new Output(reader.int64(), reader.prefixed()), (int) (code >>> 1), (code & 1) != 0);
  }
}
