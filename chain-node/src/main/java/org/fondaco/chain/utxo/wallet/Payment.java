package org.fondaco.chain.utxo.wallet;

import java.util.List;
import org.fondaco.chain.utxo.mempool.FeeRate;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet is asked to pay.
 *
 * @param outputs in this order
 * @param subtractFrom positions of outputs that pay the fee, in equal parts
 * @param rate of the fee; null for the wallet's own
 * @param inputs that must be spent
 * @param addInputs whether others may be added
 * @param version of the transaction
 * @param lockTime of the transaction
 * @param sequence of inputs that are added
 * @param change how change is paid
 */
public record Payment(
    List<Output> outputs,
    List<Integer> subtractFrom,
    @Nullable FeeRate rate,
    List<Input> inputs,
    boolean addInputs,
    int version,
    long lockTime,
    long sequence,
    Change change) {
  /** BIP-125: may be replaced. */
  public static final long REPLACEABLE = 0xffff_fffdL;

  public static final long NOT_REPLACEABLE = 0xffff_fffeL;

  /**
   * How change is paid.
   *
   * @param script null for a new one of the wallet's
   * @param type null for the one that fits the outputs
   * @param position among the outputs; null for any
   */
  public record Change(
      byte @Nullable [] script, @Nullable AddressType type, @Nullable Integer position) {
    public static final Change OWN = new Change(null, null, null);
  }

  public Payment {
    outputs = List.copyOf(outputs);
    subtractFrom = List.copyOf(subtractFrom);
    inputs = List.copyOf(inputs);
  }

  /** Pays outputs with the wallet's coins. */
  public static Payment of(
      List<Output> outputs,
      List<Integer> subtractFrom,
      @Nullable FeeRate rate,
      boolean replaceable) {
    return new Payment(
        outputs,
        subtractFrom,
        rate,
        List.of(),
        true,
        2,
        0,
        replaceable ? REPLACEABLE : NOT_REPLACEABLE,
        Change.OWN);
  }

  /** Pays one script. */
  public static Payment of(byte[] script, long value) {
    return of(List.of(new Output(value, script)), List.of(), null, true);
  }

  boolean mustSpend(OutPoint outPoint) {
    return inputs.stream().anyMatch(input -> input.outPoint().equals(outPoint));
  }
}
