package org.fondaco.custody.withdrawal;

import org.fondaco.custody.chain.ChainName;

/** Reads addresses as customers write them. */
@FunctionalInterface
public interface Destinations {

  /**
   * Reads an address of a chain.
   *
   * @throws WithdrawalException of reason MALFORMED_ADDRESS or WRONG_CHAIN
   */
  Destination parse(ChainName chain, String text);

  /**
   * A place to pay to.
   *
   * @param address in the chain's own spelling
   * @param script scriptPubKey, or the 20 bytes of an account
   */
  record Destination(String address, byte[] script) {
    public Destination {
      script = script.clone();
    }

    @Override
    public byte[] script() {
      return script.clone();
    }
  }
}
