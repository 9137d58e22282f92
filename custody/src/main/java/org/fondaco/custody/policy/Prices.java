package org.fondaco.custody.policy;

import java.math.BigDecimal;
import java.util.Optional;
import org.fondaco.custody.chain.Asset;

/** What assets are worth in the reference currency of the limits. */
public interface Prices {

  /** Price of one whole coin; empty when nobody knows, and then nothing of it may go. */
  Optional<BigDecimal> price(Asset asset);
}
