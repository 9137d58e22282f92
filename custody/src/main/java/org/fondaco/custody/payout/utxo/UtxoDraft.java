package org.fondaco.custody.payout.utxo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An unsigned transaction and what it costs.
 *
 * @param fee atoms
 * @param virtualSize at most
 * @param changeVout the output that comes back to us, -1 = none
 */
public record UtxoDraft(UnsignedUtxo transaction, long fee, long virtualSize, int changeVout) {

  /**
   * What a transaction is to do.
   *
   * @param payments exactly these; when empty, everything goes to {@code rest}
   * @param rest script of ours
   * @param rate atoms a kilo virtual byte, at least
   * @param feeFloor atoms that the fee must reach beside the rate: of a replacement
   * @param feeFloorRate atoms a kilo virtual byte that come on top of {@code feeFloor}
   */
  public record Order(
      UtxoRules rules,
      boolean replaceable,
      List<Paid> payments,
      byte[] rest,
      long rate,
      long feeFloor,
      long feeFloorRate) {
    public Order {
      payments = List.copyOf(payments);
      rest = rest.clone();
    }

    @Override
    public byte[] rest() {
      return rest.clone();
    }

    long feeOf(long virtualSize) {
      return Math.max(
          Weights.fee(virtualSize, rate), feeFloor + Weights.fee(virtualSize, feeFloorRate));
    }

    long paid() {
      return payments.stream().mapToLong(Paid::atoms).reduce(0, Math::addExact);
    }
  }

  /** Spends exactly these inputs; empty when they do not suffice. */
  public static Optional<UtxoDraft> exactly(Order order, List<OwnInput> inputs) {
    long total = inputs.stream().mapToLong(OwnInput::atoms).reduce(0, Math::addExact);
    long left = total - order.paid();
    List<Paid> outputs = new ArrayList<>(order.payments());
    outputs.add(new Paid(order.rest(), 0));
    long size = Weights.virtualSize(inputs, outputs);
    long change = left - order.feeOf(size);
    if (change >= order.rules().dust(order.rest())) {
      outputs.set(outputs.size() - 1, new Paid(order.rest(), change));
      return Optional.of(draft(order, inputs, outputs, left - change, size, outputs.size() - 1));
    }
    if (order.payments().isEmpty()) {
      return Optional.empty();
    }
    long without = Weights.virtualSize(inputs, order.payments());
    return left >= order.feeOf(without)
        ? Optional.of(draft(order, inputs, order.payments(), left, without, -1))
        : Optional.empty();
  }

  private static UtxoDraft draft(
      Order order, List<OwnInput> inputs, List<Paid> outputs, long fee, long size, int change) {
    return new UtxoDraft(
        new UnsignedUtxo(order.rules().forkId(), order.replaceable(), inputs, outputs),
        fee,
        size,
        change);
  }

  /**
   * Spends all of {@code fixed} and as few of {@code others} as it takes: the smallest single one
   * that suffices, else the largest first. Empty when all of them do not suffice.
   */
  public static Optional<UtxoDraft> choosing(
      Order order, List<OwnInput> fixed, List<OwnInput> others) {
    if (!fixed.isEmpty()) {
      Optional<UtxoDraft> draft = exactly(order, fixed);
      if (draft.isPresent()) {
        return draft;
      }
    }
    List<OwnInput> rising =
        others.stream()
            .sorted(Comparator.comparingLong(OwnInput::atoms).thenComparing(OwnInput::outpoint))
            .toList();
    for (OwnInput one : rising) {
      List<OwnInput> inputs = new ArrayList<>(fixed);
      inputs.add(one);
      Optional<UtxoDraft> draft = exactly(order, inputs);
      if (draft.isPresent()) {
        return draft;
      }
    }
    List<OwnInput> inputs = new ArrayList<>(fixed);
    for (OwnInput next : rising.reversed()) {
      inputs.add(next);
      Optional<UtxoDraft> draft = exactly(order, inputs);
      if (draft.isPresent()) {
        return draft;
      }
    }
    return Optional.empty();
  }
}
