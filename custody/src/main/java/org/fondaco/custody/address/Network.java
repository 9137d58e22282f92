package org.fondaco.custody.address;

import java.util.Locale;

/** Real money or not: it decides how addresses of the UTXO chains are written. */
public enum Network {
  MAIN,
  TEST,
  REGTEST;

  /** {@code main}, {@code test} or {@code regtest}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public static Network parse(String text) {
    for (Network network : values()) {
      if (network.toString().equals(text)) {
        return network;
      }
    }
    throw new IllegalArgumentException("a network is main, test or regtest, not " + text);
  }
}
