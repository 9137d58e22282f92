package org.fondaco.custody.address;

import java.util.Arrays;
import java.util.HexFormat;
import org.fondaco.custody.chain.ChainName;

/** A place that money of a chain can be sent to. Equal addresses have equal targets. */
public final class Address {
  private final ChainName chain;
  private final String text;
  private final byte[] target;

  Address(ChainName chain, String text, byte[] target) {
    this.chain = chain;
    this.text = text;
    this.target = target.clone();
  }

  /** The chain, or the family of chains with the same addresses. */
  public ChainName chain() {
    return chain;
  }

  /** As the chain's software writes it, whatever the user's way was. */
  public String text() {
    return text;
  }

  /** The scriptPubKey, or the 20 bytes of an account. */
  public byte[] target() {
    return target.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address address
        && chain == address.chain
        && Arrays.equals(target, address.target);
  }

  @Override
  public int hashCode() {
    return 31 * chain.hashCode() + Arrays.hashCode(target);
  }

  @Override
  public String toString() {
    return chain + " " + text + " (" + HexFormat.of().formatHex(target) + ")";
  }
}
