package org.fondaco.api.chain;

import java.io.IOException;
import java.nio.file.Path;

/** All nodes inside the venue. They share RocksDB's cache and write buffers. */
public final class ChainNodes implements AutoCloseable {
  private final ChainNode account;
  private final UtxoNodes utxo;

  private ChainNodes(ChainNode account, UtxoNodes utxo) {
    this.account = account;
    this.utxo = utxo;
  }

  /**
   * Begins to start the nodes and returns at once; {@link #await} tells how it went.
   *
   * @param folder of all of them; each has one of its own in it
   */
  public static ChainNodes start(Path folder, ChainNodeSettings settings) {
    return new ChainNodes(
        ChainNode.start(folder.resolve("eth"), settings), UtxoNodes.start(folder, settings.utxo()));
  }

  /**
   * Waits until all serve.
   *
   * @throws IOException if one cannot; the message is for the operator
   */
  public void await() throws IOException {
    account.await();
    utxo.await();
  }

  /** The account chain's. */
  public ChainNode account() {
    return account;
  }

  /** Those of the UTXO chains. */
  public UtxoNodes utxo() {
    return utxo;
  }

  /** Whether they make the blocks that they should. */
  public boolean isWell() {
    return utxo.isWell();
  }

  /** Closes the nodes, also those that are still starting. */
  @Override
  public void close() {
    try (account) {
      utxo.close();
    }
  }
}
