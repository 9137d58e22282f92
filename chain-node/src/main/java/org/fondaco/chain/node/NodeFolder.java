package org.fondaco.chain.node;

import java.nio.file.Path;

/**
 * Where what lies in a data folder. Keys are where geth has them; the rest is in a folder of our
 * own, so that a geth that is pointed here finds nothing that it would misread.
 *
 * @param root as given by {@code --datadir}, absolute
 */
public record NodeFolder(Path root) {
  public NodeFolder {
    root = root.toAbsolutePath().normalize();
  }

  public Path keystore() {
    return root.resolve("keystore");
  }

  /** Blocks, receipts and state. */
  public Path chain() {
    return root.resolve("fondaco").resolve("chaindata");
  }

  /** The key that names the node to its peers, in hexadecimal as geth writes it. */
  public Path nodeKey() {
    return root.resolve("fondaco").resolve("nodekey");
  }

  /** Local transactions that wait, kept over a restart. */
  public Path transactionJournal() {
    return root.resolve("fondaco").resolve("transactions.rlp");
  }

  /** The genesis.json that the chain began with. */
  public Path genesis() {
    return root.resolve("fondaco").resolve("genesis.json");
  }

  /** The local socket, unless {@code --ipcpath} names another. */
  public Path socket() {
    return root.resolve("fondaco.ipc");
  }
}
