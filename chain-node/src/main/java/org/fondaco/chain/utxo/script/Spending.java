package org.fondaco.chain.utxo.script;

import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with the outputs that it spends, and the hashes of its parts that the signatures of
 * all its inputs share, so that signing costs do not grow with the square of its size. Immutable;
 * inputs may be verified by several threads.
 */
public final class Spending {
  private final Transaction transaction;
  private final List<Output> spent;
  private final Parts parts;

  // Computed when first asked for; two threads may compute the same.
  private byte @Nullable [] blankInputs;
  private byte @Nullable [] blankInputsWithoutSequence;
  private byte @Nullable [] countedOutputs;
  private byte @Nullable [] spentHash;

  /** Hashes by one SHA-256; BIP-143 takes another of each. */
  private record Parts(
      byte[] outPoints, byte[] sequences, byte[] outputs, byte[] amounts, byte[] scripts) {}

  /**
   * @param spent one for each input, in their order
   */
  public Spending(Transaction transaction, List<Output> spent) {
    if (spent.size() != transaction.inputs().size()) {
      throw new IllegalArgumentException(
          spent.size() + " outputs for " + transaction.inputs().size() + " inputs");
    }
    this.transaction = transaction;
    this.spent = List.copyOf(spent);
    this.parts = parts();
  }

  private Parts parts() {
    int inputs = transaction.inputs().size();
    WireWriter outPoints = new WireWriter(36 * inputs);
    WireWriter sequences = new WireWriter(4 * inputs);
    for (Input input : transaction.inputs()) {
      outPoints.hash(input.outPoint().txid()).int32(input.outPoint().index());
      sequences.int32(input.sequence());
    }
    WireWriter amounts = new WireWriter(8 * inputs);
    WireWriter scripts = new WireWriter(40 * inputs);
    for (Output output : spent) {
      amounts.int64(output.value());
      scripts.prefixed(output.script());
    }
    WireWriter outputs = new WireWriter(40 * transaction.outputs().size());
    transaction.outputs().forEach(output -> write(output, outputs));
    return new Parts(hash(outPoints), hash(sequences), hash(outputs), hash(amounts), hash(scripts));
  }

  static void write(Output output, WireWriter writer) {
    writer.int64(output.value()).prefixed(output.script());
  }

  private static byte[] hash(WireWriter writer) {
    return Sha256.hash(writer.toBytes());
  }

  public Transaction transaction() {
    return transaction;
  }

  /** What each input spends. */
  public List<Output> spent() {
    return spent;
  }

  byte[] outPointsHash() {
    return parts.outPoints;
  }

  byte[] sequencesHash() {
    return parts.sequences;
  }

  byte[] outputsHash() {
    return parts.outputs;
  }

  /** Bitcoin Cash: of all outputs that are spent. */
  byte[] spentHash() {
    byte[] known = spentHash;
    if (known == null) {
      WireWriter writer = new WireWriter(40 * spent.size());
      spent.forEach(output -> write(output, writer));
      known = Sha256.twice(writer.toBytes());
      spentHash = known;
    }
    return known;
  }

  /** All inputs with empty scripts, and sequences or zeros, for {@link LegacyHashes}. */
  byte[] blankInputs(boolean sequences) {
    byte[] known = sequences ? blankInputs : blankInputsWithoutSequence;
    if (known == null) {
      WireWriter writer =
          new WireWriter(LegacyHashes.BLANK_INPUT_BYTES * transaction.inputs().size());
      for (Input input : transaction.inputs()) {
        writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
        writer.size(0).int32(sequences ? input.sequence() : 0);
      }
      known = writer.toBytes();
      if (sequences) {
        blankInputs = known;
      } else {
        blankInputsWithoutSequence = known;
      }
    }
    return known;
  }

  /** The number of outputs, and all of them. */
  byte[] countedOutputs() {
    byte[] known = countedOutputs;
    if (known == null) {
      List<Output> outputs = transaction.outputs();
      WireWriter writer = new WireWriter(40 * outputs.size()).size(outputs.size());
      outputs.forEach(output -> write(output, writer));
      known = writer.toBytes();
      countedOutputs = known;
    }
    return known;
  }

  byte[] amountsHash() {
    return parts.amounts;
  }

  byte[] scriptsHash() {
    return parts.scripts;
  }
}
