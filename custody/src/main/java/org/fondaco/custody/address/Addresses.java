package org.fondaco.custody.address;

import org.fondaco.custody.address.AddressException.Reason;
import org.fondaco.custody.chain.ChainName;

/** Reads the addresses that people give, and refuses those that would lose money. */
public final class Addresses {
  private Addresses() {}

  /**
   * Reads an address.
   *
   * @param network of the UTXO chains; accounts are written alike everywhere
   * @throws AddressException saying whether it is of another chain or network, or no address
   */
  public static Address parse(ChainName chain, Network network, String text) {
    try {
      return read(chain, network, text);
    } catch (AddressException e) {
      throw e.reason() == Reason.MALFORMED ? explained(chain, network, text, e) : e;
    }
  }

  private static AddressException explained(
      ChainName chain, Network network, String text, AddressException malformed) {
    for (Network other : Network.values()) {
      if (other != network && chain.hasOutputs() && isOne(chain, other, text)) {
        return new AddressException(
            Reason.WRONG_NETWORK,
            "an address of " + chain + " " + other + ", and this is " + chain + " " + network);
      }
    }
    for (Network other : Network.values()) {
      for (ChainName another : ChainName.values()) {
        if (another != chain && isOne(another, other, text)) {
          return new AddressException(
              Reason.WRONG_CHAIN, "an address of " + another + ", and this is " + chain);
        }
      }
    }
    return malformed;
  }

  private static boolean isOne(ChainName chain, Network network, String text) {
    try {
      read(chain, network, text);
      return true;
    } catch (AddressException e) {
      return e.reason() == Reason.UNSPENDABLE;
    }
  }

  private static Address read(ChainName chain, Network network, String text) {
    if (!chain.hasOutputs()) {
      byte[] account = EvmAddress.read(text);
      return new Address(chain, EvmAddress.write(account), account);
    }
    OutputFormat format = OutputFormat.of(chain, network);
    byte[] script = format.read(text);
    return new Address(chain, format.write(script), script);
  }

  /**
   * The address of a scriptPubKey or of the 20 bytes of an account.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static Address of(ChainName chain, Network network, byte[] target) {
    if (!chain.hasOutputs()) {
      if (target.length != EvmAddress.BYTES) {
        throw new IllegalArgumentException("an account has 20 bytes, not " + target.length);
      }
      return new Address(chain, EvmAddress.write(target), target);
    }
    OutputFormat format = OutputFormat.of(chain, network);
    String text = format.write(target);
    return new Address(chain, text, target);
  }

  /** The address of a key by the purpose of its path: 44, 49, 84 or 86. */
  static Address of(ChainName chain, Network network, int purpose, byte[] publicKey) {
    return chain.hasOutputs()
        ? of(chain, network, Scripts.of(purpose, publicKey))
        : of(chain, network, EvmAddress.of(publicKey));
  }
}
