package org.fondaco.chain.utxo.wallet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fondaco.chain.store.PrivateFolder;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.jspecify.annotations.Nullable;

/**
 * The wallets of a node. One is always there and has no name; others are made and loaded by name.
 * Safe for any thread.
 */
public final class Wallets implements AutoCloseable {
  private static final String SUFFIX = ".jsonl";
  private static final String OWN_FILE = "wallet" + SUFFIX;
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}";

  private final Path folder;
  private final UtxoChain chain;
  private final Mempool pool;
  private final AddressFormat format;
  private final InstantSource clock;
  private final TreeMap<String, UtxoWallet> loaded = new TreeMap<>();

  private Wallets(
      Path folder, UtxoChain chain, Mempool pool, AddressFormat format, InstantSource clock) {
    this.folder = folder;
    this.chain = chain;
    this.pool = pool;
    this.format = format;
    this.clock = clock;
  }

  /**
   * Opens the node's own wallet in a folder, or makes it.
   *
   * @throws IOException if its file cannot be read, is damaged, in use or another network's
   */
  public static Wallets open(
      Path folder, UtxoChain chain, Mempool pool, AddressFormat format, InstantSource clock)
      throws IOException {
    Wallets wallets = new Wallets(folder, chain, pool, format, clock);
    UtxoWallet unused = wallets.open("");
    return wallets;
  }

  private Path file(String name) {
    return name.isEmpty()
        ? folder.resolve(OWN_FILE)
        : folder.resolve("wallets").resolve(name + SUFFIX);
  }

  private UtxoWallet open(String name) throws IOException {
    UtxoWallet wallet = UtxoWallet.open(name, file(name), chain, pool, format, clock);
    loaded.put(name, wallet);
    return wallet;
  }

  /** The node's own. */
  public synchronized UtxoWallet own() {
    UtxoWallet own = loaded.get("");
    if (own == null) {
      throw new IllegalStateException("the node's wallet is closed");
    }
    return own;
  }

  /** The wallet of a name; null if it is not loaded. */
  public synchronized @Nullable UtxoWallet find(String name) {
    return loaded.get(name);
  }

  /** Names of all that are loaded. */
  public synchronized List<String> names() {
    return List.copyOf(loaded.keySet());
  }

  /** Names of all that are in the folder. */
  public synchronized List<String> inFolder() throws IOException {
    List<String> names = new ArrayList<>(List.of(""));
    Path others = folder.resolve("wallets");
    if (Files.isDirectory(others)) {
      try (Stream<Path> files = Files.list(others)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(file -> file.endsWith(SUFFIX))
            .map(file -> file.substring(0, file.length() - SUFFIX.length()))
            .sorted()
            .forEach(names::add);
      }
    }
    return names;
  }

  /**
   * Makes a wallet with a seed of its own.
   *
   * @throws WalletException if there is one of this name, or it is no name
   */
  public synchronized UtxoWallet create(String name) throws WalletException, IOException {
    requireName(name);
    if (Files.exists(file(name))) {
      throw new WalletException(
          WalletException.Kind.ALREADY_THERE,
          "Failed to create database path '" + file(name) + "'. Database already exists.");
    }
    PrivateFolder.create(folder.resolve("wallets"));
    return open(name);
  }

  /**
   * Loads a wallet that is in the folder.
   *
   * @throws WalletException if it is loaded, or not there
   */
  public synchronized UtxoWallet load(String name) throws WalletException, IOException {
    if (loaded.containsKey(name)) {
      throw new WalletException(
          WalletException.Kind.ALREADY_THERE, "Wallet \"" + name + "\" is already loaded.");
    }
    requireName(name);
    if (!Files.exists(file(name))) {
      throw new WalletException(
          WalletException.Kind.NOT_FOUND,
          "Wallet file verification failed. Failed to load database path '"
              + file(name)
              + "'. Path does not exist.");
    }
    return open(name);
  }

  /**
   * Forgets a wallet until it is loaded again.
   *
   * @throws WalletException if it is not loaded, or the node's own
   */
  public synchronized void unload(String name) throws WalletException {
    if (name.isEmpty()) {
      throw new WalletException(
          WalletException.Kind.OTHER, "The node's own wallet is always loaded");
    }
    UtxoWallet wallet = loaded.remove(name);
    if (wallet == null) {
      throw new WalletException(
          WalletException.Kind.NOT_FOUND, "Requested wallet does not exist or is not loaded");
    }
    wallet.close();
  }

  private static void requireName(String name) throws WalletException {
    if (!name.matches(NAME)) {
      throw new WalletException(
          WalletException.Kind.INVALID_PARAMETER,
          "A wallet's name has 1 to 64 letters, digits, '_', '.' and '-'; the node's own has none");
    }
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(UtxoWallet::close);
    loaded.clear();
  }
}
