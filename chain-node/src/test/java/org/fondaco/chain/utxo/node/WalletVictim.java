package org.fondaco.chain.utxo.node;

import java.nio.file.Path;
import java.util.Objects;
import org.fondaco.chain.utxo.wallet.Payment;
import org.fondaco.chain.utxo.wallet.UtxoWallet;

/** A node whose wallet works until {@link WalletCrashTest} kills it; a line is a promise. */
final class WalletVictim {
  private WalletVictim() {}

  /** Takes a folder. */
  public static void main(String[] arguments) throws Exception {
    try (UtxoNode node = UtxoNode.open(CrashVictim.settings(Path.of(arguments[0])))) {
      UtxoWallet wallet = node.wallet();
      while (wallet.balances(0).trusted() == 0) {
        Objects.requireNonNull(node.miner().mine(wallet.newScript(), () -> false));
      }
      System.out.println("open");
      for (int round = 1; round < 10_000; round++) {
        String address = wallet.newAddress();
        System.out.println("address " + address);
        byte[] script = UtxoNetwork.BTC_REGTEST.profile().addresses().script(address);
        System.out.println("sent " + wallet.send(Payment.of(script, 100_000)).transaction().txid());
        if (round % 5 == 0) {
          Objects.requireNonNull(node.miner().mine(wallet.newScript(), () -> false));
        }
      }
    }
  }
}
