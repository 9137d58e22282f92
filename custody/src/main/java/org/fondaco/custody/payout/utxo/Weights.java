package org.fondaco.custody.payout.utxo;

import java.util.Collection;

/** Sizes of transactions before they are signed (BIP-141). */
public final class Weights {
  private static final int FACTOR = 4;

  private Weights() {}

  static int compactSize(long value) {
    if (value < 0xfd) {
      return 1;
    }
    return value <= 0xffff ? 3 : 5;
  }

  /** Virtual bytes at most: a signature may turn out a byte shorter. */
  public static long virtualSize(Collection<OwnInput> inputs, Collection<Paid> outputs) {
    boolean witness = inputs.stream().anyMatch(input -> input.kind().hasWitness());
    long weight = FACTOR * (8L + compactSize(inputs.size()) + compactSize(outputs.size()));
    if (witness) {
      weight += 2;
    }
    for (OwnInput input : inputs) {
      // In a transaction with witnesses, an input without one says so with a byte.
      weight += input.kind().weight() + (witness && !input.kind().hasWitness() ? 1 : 0);
    }
    for (Paid output : outputs) {
      int length = output.script().length;
      weight += FACTOR * (8L + compactSize(length) + length);
    }
    return Math.ceilDiv(weight, FACTOR);
  }

  /** The fee of a size at a rate of atoms a kilo virtual byte, rounded up. */
  public static long fee(long virtualSize, long rate) {
    return Math.ceilDiv(Math.multiplyExact(virtualSize, rate), 1_000L);
  }
}
