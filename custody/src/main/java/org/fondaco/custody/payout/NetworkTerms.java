package org.fondaco.custody.payout;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.NodeUnavailable;
import org.fondaco.custody.withdrawal.WithdrawalTerms;

/**
 * Terms that follow the network: a coin's fee covers what a payment of its own costs now, and never
 * less than is set; a token's fee is set, for nobody here knows its price in the chain's coin.
 * Thread-safe.
 */
public final class NetworkTerms implements WithdrawalTerms {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Map<Integer, Terms> least;
  private final Map<ChainName, Supplier<BigInteger>> costs;
  private final InstantSource clock;
  private final Map<ChainName, Cost> known = new EnumMap<>(ChainName.class);

  private record Cost(BigInteger atoms, Instant until) {}

  /**
   * Makes terms.
   *
   * @param least by the engine's asset id; each asset that can be withdrawn has some
   * @param costs atoms of a payment now, {@link Payouts#paymentCost}
   */
  public NetworkTerms(
      Map<Integer, Terms> least, Map<ChainName, Supplier<BigInteger>> costs, InstantSource clock) {
    this.least = Map.copyOf(least);
    this.costs = Map.copyOf(costs);
    this.clock = clock;
  }

  @Override
  public Terms of(Asset asset) {
    Terms terms = least.get(asset.id());
    if (terms == null) {
      throw new IllegalStateException("no terms are set for " + asset.code());
    }
    if (!asset.isCoin()) {
      return terms;
    }
    long cost = asset.unitsCovering(cost(asset.chain()));
    return new Terms(Math.max(terms.fee(), cost), terms.minimum());
  }

  /** What it was last while the node does not answer, nothing before it ever did. */
  private synchronized BigInteger cost(ChainName chain) {
    Instant now = clock.instant();
    Cost cost = known.get(chain);
    Supplier<BigInteger> source = costs.get(chain);
    if (source != null && (cost == null || !cost.until().isAfter(now))) {
      try {
        cost = new Cost(source.get(), now.plus(FRESH));
        known.put(chain, cost);
      } catch (NodeUnavailable e) {
        return cost == null ? BigInteger.ZERO : cost.atoms();
      }
    }
    return cost == null ? BigInteger.ZERO : cost.atoms();
  }
}
