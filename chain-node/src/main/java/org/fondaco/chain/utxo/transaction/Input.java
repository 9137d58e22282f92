package org.fondaco.chain.utxo.transaction;

import java.util.Arrays;
import java.util.List;

/**
 * Spends an output. The arrays belong to the transaction and are never changed.
 *
 * @param sequence unsigned, 32 bits
 * @param witness empty where there is none
 */
public record Input(OutPoint outPoint, byte[] scriptSig, long sequence, List<byte[]> witness) {
  /** The sequence that switches off lock time and relative lock time. */
  public static final long SEQUENCE_FINAL = 0xffff_ffffL;

  public Input {
    witness = List.copyOf(witness);
  }

  public Input(OutPoint outPoint, byte[] scriptSig, long sequence) {
    this(outPoint, scriptSig, sequence, List.of());
  }

  public Input withScript(byte[] script) {
    return new Input(outPoint, script, sequence, witness);
  }

  public Input withWitness(List<byte[]> items) {
    return new Input(outPoint, scriptSig, sequence, items);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Input input
        && outPoint.equals(input.outPoint)
        && sequence == input.sequence
        && Arrays.equals(scriptSig, input.scriptSig)
        && Arrays.deepEquals(witness.toArray(), input.witness.toArray());
  }

  @Override
  public int hashCode() {
    return 31 * outPoint.hashCode() + Arrays.hashCode(scriptSig);
  }
}
