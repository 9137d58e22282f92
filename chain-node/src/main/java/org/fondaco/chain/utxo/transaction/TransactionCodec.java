package org.fondaco.chain.utxo.transaction;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;

/** The bytes of a transaction, with BIP-144's witnesses. */
final class TransactionCodec {
  private static final int WITNESS_FLAG = 1;

  /** Litecoin's extension blocks, which this node does not follow. */
  private static final int MWEB_FLAG = 8;

  private static final int INPUT_BYTES_MIN = 41;
  private static final int OUTPUT_BYTES_MIN = 9;

  private TransactionCodec() {}

  /** No inputs where inputs are due mean a flag and then the inputs, if the flag is not zero. */
  static Transaction read(WireReader reader, boolean witness) {
    int version = reader.int32();
    List<Input> inputs = inputs(reader);
    List<Output> outputs = List.of();
    int flags = 0;
    if (inputs.isEmpty() && witness) {
      flags = reader.uint8();
      if (flags != 0) {
        inputs = inputs(reader);
        outputs = outputs(reader);
      }
    } else {
      outputs = outputs(reader);
    }
    if ((flags & WITNESS_FLAG) != 0) {
      flags ^= WITNESS_FLAG;
      inputs = witnesses(reader, inputs);
    }
    if ((flags & MWEB_FLAG) != 0) {
      throw new WireException("MWEB transactions are not supported");
    }
    if (flags != 0) {
      throw new WireException("Unknown transaction optional data");
    }
    return new Transaction(version, inputs, outputs, reader.uint32());
  }

  private static List<Input> inputs(WireReader reader) {
    int count = reader.count(INPUT_BYTES_MIN);
    List<Input> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      OutPoint outPoint = new OutPoint(reader.hash(), reader.uint32());
      inputs.add(new Input(outPoint, reader.prefixed(), reader.uint32()));
    }
    return inputs;
  }

  private static List<Output> outputs(WireReader reader) {
    int count = reader.count(OUTPUT_BYTES_MIN);
    List<Output> outputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      outputs.add(new Output(reader.int64(), reader.prefixed()));
    }
    return outputs;
  }

  private static List<Input> witnesses(WireReader reader, List<Input> inputs) {
    List<Input> witnessed = new ArrayList<>(inputs.size());
    boolean any = false;
    for (Input input : inputs) {
      int count = reader.count(1);
      List<byte[]> items = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        items.add(reader.prefixed());
      }
      any |= count > 0;
      witnessed.add(input.withWitness(items));
    }
    if (!any) {
      throw new WireException("Superfluous witness record");
    }
    return witnessed;
  }

  static byte[] encode(Transaction transaction, boolean witness) {
    WireWriter writer = new WireWriter(size(transaction, witness));
    write(transaction, witness, writer);
    return writer.toBytes();
  }

  static void write(Transaction transaction, boolean witness, WireWriter writer) {
    writer.int32(transaction.version());
    if (witness) {
      writer.uint8(0).uint8(WITNESS_FLAG);
    }
    writer.size(transaction.inputs().size());
    for (Input input : transaction.inputs()) {
      writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
      writer.prefixed(input.scriptSig()).int32(input.sequence());
    }
    writer.size(transaction.outputs().size());
    for (Output output : transaction.outputs()) {
      writer.int64(output.value()).prefixed(output.script());
    }
    if (witness) {
      for (Input input : transaction.inputs()) {
        writer.size(input.witness().size());
        input.witness().forEach(writer::prefixed);
      }
    }
    writer.int32(transaction.lockTime());
  }

  static int size(Transaction transaction, boolean witness) {
    int size = 8 + (witness ? 2 : 0);
    size += WireWriter.sizeBytes(transaction.inputs().size());
    size += WireWriter.sizeBytes(transaction.outputs().size());
    for (Input input : transaction.inputs()) {
      size += 40 + prefixed(input.scriptSig());
      if (witness) {
        size += WireWriter.sizeBytes(input.witness().size());
        for (byte[] item : input.witness()) {
          size += prefixed(item);
        }
      }
    }
    for (Output output : transaction.outputs()) {
      size += 8 + prefixed(output.script());
    }
    return size;
  }

  private static int prefixed(byte[] bytes) {
    return WireWriter.sizeBytes(bytes.length) + bytes.length;
  }
}
