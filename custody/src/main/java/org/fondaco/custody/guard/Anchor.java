package org.fondaco.custody.guard;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * What every attempt of a payout spends whole, so that at most one of them can be mined: a nonce of
 * an account, or all inputs of the first attempt.
 *
 * @param parts text of each part, sorted, without duplicates; at least one
 */
public record Anchor(List<String> parts) {
  private static final int PARTS_MAX = 10_000;

  public Anchor {
    parts = List.copyOf(new TreeSet<>(parts));
    if (parts.isEmpty() || parts.size() > PARTS_MAX) {
      throw new IllegalArgumentException("an anchor has 1 to 10,000 parts");
    }
    for (String part : parts) {
      if (!part.matches("[A-Za-z0-9:._-]{1,200}")) {
        throw new IllegalArgumentException("no part of an anchor: " + part);
      }
    }
  }

  /**
   * A nonce.
   *
   * @param chain what tells the chain from every other, for example {@code ETH-1}
   * @param address 0x and 40 hexadecimal digits
   * @param nonce not negative
   */
  public static Anchor nonce(String chain, String address, BigInteger nonce) {
    if (nonce.signum() < 0) {
      throw new IllegalArgumentException("a nonce is not negative");
    }
    return new Anchor(List.of(chain + ":" + address.toLowerCase(Locale.ROOT) + ":" + nonce));
  }

  /**
   * Inputs.
   *
   * @param outpoints {@code txid:vout} in the order of people, all inputs of the first attempt
   */
  public static Anchor inputs(String chain, Collection<String> outpoints) {
    return new Anchor(outpoints.stream().map(outpoint -> chain + ":" + outpoint).toList());
  }
}
