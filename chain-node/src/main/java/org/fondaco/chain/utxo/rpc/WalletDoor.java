package org.fondaco.chain.utxo.rpc;

import java.io.IOException;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.wallet.AddressType;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletException;
import org.fondaco.chain.utxo.wallet.Wallets;

/** What all methods of wallets share: which wallet is meant, and Bitcoin Core's errors. */
record WalletDoor(Wallets wallets, AddressFormat addresses) {
  /** Work on a wallet. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws WalletException, IOException;
  }

  /** The wallet that the call's path names. */
  UtxoWallet of(Arguments arguments) throws CoreException {
    UtxoWallet wallet = wallets.find(arguments.wallet());
    if (wallet == null) {
      throw new CoreException(
          CoreException.WALLET_NOT_FOUND, "Requested wallet does not exist or is not loaded");
    }
    return wallet;
  }

  /** Runs work; funds that are missing have their own code, what else fails has the given one. */
  static <T> T attempt(int otherwise, Work<T> work) throws CoreException {
    try {
      return work.run();
    } catch (IOException e) {
      throw CoreException.of(CoreException.WALLET, e);
    } catch (WalletException e) {
      int code =
          switch (e.kind()) {
            case INSUFFICIENT_FUNDS, OTHER -> otherwise;
            case INVALID_PARAMETER -> CoreException.INVALID_PARAMETER;
            case INVALID_ADDRESS -> CoreException.INVALID_ADDRESS_OR_KEY;
            case ALREADY_THERE -> CoreException.WALLET_ALREADY_LOADED;
            case NOT_FOUND -> CoreException.WALLET_NOT_FOUND;
          };
      throw CoreException.of(code, e);
    }
  }

  /** The type that a word names, which the chain must have. */
  static AddressType type(UtxoWallet wallet, String word) throws CoreException {
    AddressType type = AddressType.of(word);
    if (type == null) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY, "Unknown address type '" + word + "'");
    }
    if (!wallet.hasType(type)) {
      throw new CoreException(
          CoreException.INVALID_ADDRESS_OR_KEY,
          "This chain has no addresses of type '" + word + "'");
    }
    return type;
  }

  /** The script of an address, or Core's error for wallets. */
  byte[] script(String address) throws CoreException {
    try {
      return addresses.script(address);
    } catch (AddressException e) {
      throw new CoreException(CoreException.INVALID_ADDRESS_OR_KEY, "Invalid address: " + address);
    }
  }

  static String label(String label) throws CoreException {
    if (label.equals("*")) {
      throw new CoreException(CoreException.WALLET_INVALID_LABEL_NAME, "Invalid label name");
    }
    return label;
  }
}
