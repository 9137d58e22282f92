package org.fondaco.custody.payout;

import java.util.List;
import org.fondaco.custody.chain.Asset;
import org.jspecify.annotations.Nullable;

/**
 * A group that somebody wants.
 *
 * <p>With payments: they are paid exactly and the rest comes back. Without payments: all inputs, or
 * the account's whole coin, go to {@code restId} less the fee: sweeps and consolidations. A token
 * has exactly one payment; so has a coin's payment on an account chain.
 *
 * @param from where the money is
 * @param restId of custody_addresses, ours: takes the change, or everything
 * @param parentId of a CHILD, else null
 */
public record GroupPlan(
    Purpose purpose,
    Asset asset,
    From from,
    List<Payment> payments,
    long restId,
    @Nullable Long parentId) {

  public GroupPlan {
    payments = List.copyOf(payments);
  }

  /** Without a parent. */
  public GroupPlan(Purpose purpose, Asset asset, From from, List<Payment> payments, long restId) {
    this(purpose, asset, from, payments, restId, null);
  }

  /** Where the money is. */
  public sealed interface From {

    /** Outputs of a tier, chosen by size: HOT, WARM, COLD. */
    record OfTier(String tier) implements From {}

    /**
     * Exactly these outputs, all of them.
     *
     * @param outpoints {@code txid:vout}, of ours, mined deeper than sweepDepth
     */
    record Outputs(List<String> outpoints) implements From {
      public Outputs {
        outpoints = List.copyOf(outpoints);
      }
    }

    /** An account of ours, by its id in custody_addresses. */
    record Account(long addressId) implements From {}
  }
}
