package org.fondaco.chain.utxo.script;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** What an ECDSA signature signs: the original form, and BIP-143's. */
public final class SignatureHash {
  public static final int ALL = 1;
  public static final int NONE = 2;
  public static final int SINGLE = 3;
  public static final int ANYONE_CAN_PAY = 0x80;

  /** Of the low five bits, which decide between the three. */
  static final int BASE_MASK = 0x1f;

  private SignatureHash() {}

  static boolean is(int hashType, int base) {
    return (hashType & BASE_MASK) == base;
  }

  static boolean anyoneCanPay(int hashType) {
    return (hashType & ANYONE_CAN_PAY) != 0;
  }

  /**
   * The original form, with its quirk: SINGLE without an output of the input's index signs the
   * number one.
   *
   * @param scriptCode its OP_CODESEPARATORs are left out
   * @param hashType all 32 bits are signed
   */
  public static byte[] legacy(Transaction transaction, int index, byte[] scriptCode, int hashType) {
    byte[] message = legacyMessage(transaction, index, scriptCode, hashType);
    return message == null ? one() : Sha256.twice(message);
  }

  static byte[] one() {
    byte[] one = new byte[Hash.BYTES];
    one[0] = 1;
    return one;
  }

  /** What {@link #legacy} hashes; null where it is the number one. */
  static byte @Nullable [] legacyMessage(
      Transaction transaction, int index, byte[] scriptCode, int hashType) {
    boolean single = is(hashType, SINGLE);
    boolean none = is(hashType, NONE);
    if (index >= transaction.inputs().size() || single && index >= transaction.outputs().size()) {
      return null;
    }
    WireWriter writer = new WireWriter(transaction.strippedSize() + scriptCode.length);
    writer.int32(transaction.version());
    byte[] code = withoutSeparators(scriptCode);
    if (anyoneCanPay(hashType)) {
      writer.size(1);
      write(transaction.inputs().get(index), code, false, writer);
    } else {
      writer.size(transaction.inputs().size());
      for (int i = 0; i < transaction.inputs().size(); i++) {
        byte[] script = i == index ? code : new byte[0];
        write(transaction.inputs().get(i), script, i != index && (single || none), writer);
      }
    }
    List<Output> outputs = transaction.outputs();
    int count = none ? 0 : single ? index + 1 : outputs.size();
    writer.size(count);
    for (int i = 0; i < count; i++) {
      if (single && i != index) {
        writer.int64(-1).size(0);
      } else {
        Spending.write(outputs.get(i), writer);
      }
    }
    writer.int32(transaction.lockTime()).int32(hashType);
    return writer.toBytes();
  }

  private static void write(Input input, byte[] script, boolean noSequence, WireWriter writer) {
    writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
    writer.prefixed(script).int32(noSequence ? 0 : input.sequence());
  }

  static byte[] withoutSeparators(byte[] script) {
    ScriptReader reader = new ScriptReader(script);
    WireWriter kept = new WireWriter(script.length);
    int from = 0;
    while (reader.next()) {
      if (reader.opcode() == Opcodes.OP_CODESEPARATOR) {
        kept.bytes(Arrays.copyOfRange(script, from, reader.position() - 1));
        from = reader.position();
      }
    }
    return from == 0
        ? script
        : kept.bytes(Arrays.copyOfRange(script, from, script.length)).toBytes();
  }

  /** BIP-143, for witness programs of version 0. */
  public static byte[] segregated(Spending spending, int index, byte[] scriptCode, int hashType) {
    byte[] nothing = {};
    return Sha256.twice(segregatedMessage(spending, index, nothing, nothing, scriptCode, hashType));
  }

  /**
   * BIP-143's message, with what Bitcoin Cash puts into it.
   *
   * @param utxos behind the hash of the out points
   * @param token before the script
   */
  static byte[] segregatedMessage(
      Spending spending, int index, byte[] utxos, byte[] token, byte[] scriptCode, int hashType) {
    Transaction transaction = spending.transaction();
    Input input = transaction.inputs().get(index);
    boolean anyone = anyoneCanPay(hashType);
    boolean all = !is(hashType, SINGLE) && !is(hashType, NONE);
    WireWriter writer = new WireWriter(200 + scriptCode.length);
    writer.int32(transaction.version());
    writer.bytes(anyone ? Hash.ZERO.toBytes() : Sha256.hash(spending.outPointsHash()));
    writer.bytes(utxos);
    writer.bytes(!anyone && all ? Sha256.hash(spending.sequencesHash()) : Hash.ZERO.toBytes());
    writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
    writer.bytes(token).prefixed(scriptCode).int64(spending.spent().get(index).value());
    writer.int32(input.sequence());
    writer.bytes(outputs(spending, index, hashType));
    writer.int32(transaction.lockTime()).int32(hashType);
    return writer.toBytes();
  }

  private static byte[] outputs(Spending spending, int index, int hashType) {
    List<Output> outputs = spending.transaction().outputs();
    if (is(hashType, SINGLE) && index < outputs.size()) {
      WireWriter output = new WireWriter();
      Spending.write(outputs.get(index), output);
      return Sha256.twice(output.toBytes());
    }
    boolean all = !is(hashType, SINGLE) && !is(hashType, NONE);
    return all ? Sha256.hash(spending.outputsHash()) : Hash.ZERO.toBytes();
  }
}
