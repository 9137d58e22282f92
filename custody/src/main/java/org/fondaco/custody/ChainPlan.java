package org.fondaco.custody;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.CoreNode;
import org.fondaco.custody.chain.EvmNode;
import org.fondaco.custody.movement.TierTarget;
import org.fondaco.custody.payout.PayoutRules;
import org.fondaco.custody.payout.utxo.UtxoRules;
import org.fondaco.custody.scan.ChainSettings;
import org.fondaco.custody.sweep.SweepRules;

/**
 * A chain that custody serves.
 *
 * @param sweepMinimum atoms by asset below which nothing is swept
 * @param tiers what hot tiers should hold
 */
public record ChainPlan(
    ChainSettings settings,
    Node node,
    PayoutRules payouts,
    SweepRules sweeps,
    Map<Integer, BigInteger> sweepMinimum,
    List<TierTarget> tiers) {
  public ChainPlan {
    tiers = List.copyOf(tiers);
  }

  /** Whose hot tiers hold whatever comes. */
  public ChainPlan(
      ChainSettings settings,
      Node node,
      PayoutRules payouts,
      SweepRules sweeps,
      Map<Integer, BigInteger> sweepMinimum) {
    this(settings, node, payouts, sweeps, sweepMinimum, List.of());
  }

  /** How the chain is reached. */
  public sealed interface Node {

    /** Bitcoin and its kin. */
    record Outputs(CoreNode rpc, UtxoRules rules) implements Node {}

    /** Ethereum and its kin. */
    record Accounts(EvmNode rpc) implements Node {}
  }
}
