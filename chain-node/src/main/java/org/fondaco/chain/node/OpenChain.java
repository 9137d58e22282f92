package org.fondaco.chain.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.ChainException;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.seal.ProofOfWork;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.store.RocksStore;
import org.fondaco.chain.store.StoreException;
import tools.jackson.databind.JsonNode;

/**
 * A chain and the genesis.json that it began with, of a folder or in memory.
 *
 * @param chain owns its store
 * @param genesis as its author wrote it
 */
public record OpenChain(Blockchain chain, JsonNode genesis) implements AutoCloseable {
  /**
   * Begins the chain of a folder. One that has begun with this genesis takes its rules anew.
   *
   * @return the first header
   * @throws NodeException if the genesis is malformed, or the folder holds another chain, another
   *     program's data, or is in use
   */
  public static BlockHeader init(NodeFolder folder, JsonNode genesis) {
    Genesis parsed = parse(genesis); // before anything is written
    try (KeyValueStore store = RocksStore.open(folder.chain())) {
      BlockHeader header = Chains.init(store, parsed);
      remember(folder, genesis);
      return header;
    } catch (ChainException | StoreException e) {
      throw new NodeException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Opens the chain of a folder, which {@link #init} has begun.
   *
   * @throws NodeException if there is none, it is damaged, or another process has it open
   */
  public static OpenChain open(NodeFolder folder, Engines engines) {
    if (!Files.isDirectory(folder.chain())) {
      throw nothingIn(folder);
    }
    KeyValueStore store = null;
    try {
      store = RocksStore.open(folder.chain());
      if (!Chains.isInitialized(store)) {
        throw nothingIn(folder);
      }
      return open(store, genesis(folder), engines);
    } catch (ChainException | StoreException | NodeException e) {
      if (store != null) {
        store.close();
      }
      throw e instanceof NodeException told
          ? told
          : new NodeException(String.valueOf(e.getMessage()), e);
    }
  }

  private static NodeException nothingIn(NodeFolder folder) {
    return new NodeException(
        "there is no chain in " + folder.root() + ": begin one with node init");
  }

  /** A chain that is gone with the process. */
  public static OpenChain inMemory(JsonNode genesis, Engines engines) {
    MemoryStore store = new MemoryStore();
    Chains.init(store, parse(genesis));
    return open(store, genesis, engines);
  }

  private static OpenChain open(KeyValueStore store, JsonNode genesis, Engines engines) {
    ChainConfig config = Chains.config(store);
    SealEngine engine = engines.engine(config);
    return new OpenChain(Chains.open(store, engine), genesis);
  }

  private static Genesis parse(JsonNode json) {
    try {
      Genesis genesis = Genesis.read(json);
      var _ = ChainConfig.read(genesis.config());
      return genesis;
    } catch (IllegalArgumentException e) {
      throw new NodeException("invalid genesis file: " + e.getMessage(), e);
    }
  }

  private static void remember(NodeFolder folder, JsonNode genesis) {
    Path file = folder.genesis();
    Path temporary = file.resolveSibling("genesis.json.tmp");
    try {
      Files.write(
          temporary,
          GenesisFiles.JSON.writeValueAsString(genesis).getBytes(StandardCharsets.UTF_8));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** An empty object if the process died between beginning the chain and keeping the file. */
  private static JsonNode genesis(NodeFolder folder) {
    if (!Files.exists(folder.genesis())) {
      return GenesisFiles.JSON.createObjectNode();
    }
    try {
      return GenesisFiles.read(folder.genesis());
    } catch (IOException e) {
      throw new NodeException(
          "the data folder is damaged: its genesis.json cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (chain.engine() instanceof ProofOfWork work) {
        work.close(); // a dataset in the making is given up
      }
      chain.close();
    } catch (Exception e) {
      throw new NodeException("the chain did not close well: " + e.getMessage(), e);
    }
  }
}
