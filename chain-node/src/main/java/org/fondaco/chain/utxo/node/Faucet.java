package org.fondaco.chain.utxo.node;

import java.util.Map;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.wallet.UtxoWallet;

/**
 * Where a local network's coins go: an address of the node's own wallet with a label of its own, so
 * that {@code sendtoaddress} pays from it. Never an address of somebody else.
 */
final class Faucet {
  static final String LABEL = "faucet";

  private Faucet() {}

  /** The script of the wallet's address with the label, which is made if there is none. */
  static byte[] script(UtxoWallet wallet, AddressFormat addresses) {
    for (Map.Entry<String, String> labelled : wallet.labels().entrySet()) {
      if (labelled.getValue().equals(LABEL)) {
        byte[] script = ownScript(wallet, addresses, labelled.getKey());
        if (script.length > 0) {
          return script;
        }
      }
    }
    return addresses.script(wallet.newAddress(wallet.defaultType(), false, LABEL));
  }

  /** Empty if it is not the wallet's: anybody's address may have a label. */
  private static byte[] ownScript(UtxoWallet wallet, AddressFormat addresses, String address) {
    try {
      byte[] script = addresses.script(address);
      return wallet.mine(script) == null ? new byte[0] : script;
    } catch (AddressException e) {
      return new byte[0];
    }
  }
}
