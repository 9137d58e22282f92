package org.fondaco.custody.liability;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.fondaco.custody.chain.ChainName;
import org.jspecify.annotations.Nullable;

/**
 * What was owed and what was there at one instant.
 *
 * @param sequence of the journal: the balances are those after it
 * @param cutId the reconciliation that went before it, null when there was none
 */
public record Disclosure(
    long epoch,
    Instant madeAt,
    String madeBy,
    long sequence,
    @Nullable Long cutId,
    List<Owed> owed,
    List<Reserve> reserves) {
  public Disclosure {
    owed = List.copyOf(owed);
    reserves = List.copyOf(reserves);
  }

  /**
   * Of one asset.
   *
   * @param root of its sum tree, in hexadecimal
   * @param total that all customers have, units
   * @param leaves how many customers have something
   * @param testFunds units that a demo gave away and no coins stand for
   * @param unswept atoms on customers' own addresses, which are not named
   */
  public record Owed(
      int asset, String root, long total, long leaves, long testFunds, BigInteger unswept) {}

  /**
   * An address of the house at a block, and its word that it is the venue's.
   *
   * @param signature null while nobody has signed: the key of a cold address is elsewhere
   * @param atoms by asset
   */
  public record Reserve(
      ChainName chain,
      String address,
      long height,
      String blockHash,
      String message,
      @Nullable String signature,
      Map<Integer, BigInteger> atoms) {
    public Reserve {
      atoms = Map.copyOf(atoms);
    }
  }
}
