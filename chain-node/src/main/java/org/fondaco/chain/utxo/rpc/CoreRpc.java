package org.fondaco.chain.utxo.rpc;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mining.UtxoMiner;
import org.fondaco.chain.utxo.notify.Notifications;
import org.fondaco.chain.utxo.wallet.Wallets;
import org.jspecify.annotations.Nullable;

/** Serves a chain with Bitcoin Core's methods. */
public final class CoreRpc {
  private CoreRpc() {}

  /**
   * What is served.
   *
   * @param stop begins to stop the node, on another thread; null if callers may not
   */
  public record Node(
      UtxoChain chain,
      Mempool pool,
      UtxoMiner miner,
      Wallets wallets,
      AddressFormat addresses,
      InstantSource clock,
      @Nullable Runnable stop) {}

  /**
   * Serves from now on.
   *
   * @param credentials each {@code user:password} that may call everything
   * @throws IOException if the port is taken
   */
  public static CoreServer start(Node node, String host, int port, List<String> credentials)
      throws IOException {
    return new CoreServer(
        host, port, credentials, methods(node), new Notifications(node.chain, node.pool));
  }

  static CoreMethods methods(Node node) {
    CoreMethods methods = new CoreMethods();
    CoreJson json = new CoreJson(node.addresses);
    new ChainMethods(node.chain, node.pool, json).addTo(methods);
    new TransactionMethods(node.chain, node.pool, json, node.addresses).addTo(methods);
    new MempoolMethods(node.pool).addTo(methods);
    new MiningMethods(node.chain, node.pool, node.miner, node.addresses, node.clock).addTo(methods);
    new NodeMethods(node.chain, node.pool, node.addresses, node.clock, node.stop).addTo(methods);
    new DescriptorMethods(node.addresses).addTo(methods);
    new DecodeScriptMethod(json, node.addresses).addTo(methods);
    new ScanMethods(node.chain, node.addresses).addTo(methods);
    new ProofMethods(node.chain).addTo(methods);
    new StatisticsMethods(node.chain).addTo(methods);
    new MessageMethods(node.addresses, node.chain.consensus().coin()).addTo(methods);
    addWallets(node, methods, json);
    return methods;
  }

  private static void addWallets(Node node, CoreMethods methods, CoreJson json) {
    WalletDoor door = new WalletDoor(node.wallets, node.addresses);
    new WalletMethods(door, json).addTo(methods);
    new WalletCoinMethods(door, node.chain, node.pool, json).addTo(methods);
    new WalletSendMethods(door, node.chain).addTo(methods);
    new WalletDescriptorMethods(door).addTo(methods);
    new SigningMethods(node.chain, node.pool, node.addresses, door).addTo(methods);
    new FundingMethods(door, node.chain).addTo(methods);
  }
}
