package org.fondaco.chain.blockchain;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.StateDatabase;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Makes chains in stores, and opens them. */
public final class Chains {
  private Chains() {}

  /**
   * Writes the first block and the rules into an empty store. A store that holds this chain already
   * takes the rules anew, as geth does when forks are added; its blocks stay.
   *
   * @return the header of the first block
   * @throws ChainException if the store holds another chain, or something else
   */
  public static BlockHeader init(KeyValueStore store, Genesis genesis) {
    ChainStore chain = new ChainStore(store);
    Batch batch = Batch.durable();
    BlockHeader header = genesis.header(StateDatabase.into(batch));
    byte @Nullable [] there = checkFormat(store, chain);
    if (there != null && !Hash.of(there).equals(header.hash())) {
      throw new ChainException(
          "the data folder holds the chain of genesis "
              + Hash.of(there)
              + ", and this genesis.json makes "
              + header.hash()
              + ": use another folder, or remove this one's chain");
    }
    byte[] config = genesis.config().toString().getBytes(StandardCharsets.UTF_8);
    if (there != null) {
      Batch rules = Batch.durable();
      ChainStore.putMeta(rules, ChainStore.META_CONFIG, config);
      store.write(rules);
      return header;
    }
    for (Genesis.Account account : genesis.accounts().values()) {
      if (account.code().length > 0) {
        StateDatabase.putCode(batch, new Code(account.code()));
      }
    }
    Block block =
        new Block(
            header, List.of(), List.of(), header.withdrawalsRoot() == null ? null : List.of());
    byte[] hash = header.hash().toBytes();
    ChainStore.put(batch, block, header.difficulty(), List.of());
    ChainStore.link(batch, block);
    ChainStore.putMeta(
        batch, ChainStore.META_FORMAT, ChainStore.FORMAT.getBytes(StandardCharsets.UTF_8));
    ChainStore.putMeta(batch, ChainStore.META_CONFIG, config);
    ChainStore.putMeta(batch, ChainStore.META_GENESIS, hash);
    ChainStore.putMeta(batch, ChainStore.META_HEAD, hash);
    store.write(batch);
    return header;
  }

  /** Whether {@link #init} has been here. */
  public static boolean isInitialized(KeyValueStore store) {
    return checkFormat(store, new ChainStore(store)) != null;
  }

  /**
   * The rules of the chain in a store.
   *
   * @throws ChainException if there is none, or not one that this program can read
   */
  public static ChainConfig config(KeyValueStore store) {
    ChainStore chain = new ChainStore(store);
    if (checkFormat(store, chain) == null) {
      throw new ChainException("there is no chain in the data folder: make one with node init");
    }
    byte[] config = chain.meta(ChainStore.META_CONFIG);
    if (config == null) {
      throw new ChainException("the data folder is damaged: it lacks the chain's rules");
    }
    try {
      return ChainConfig.read(JsonMapper.shared().readTree(config));
    } catch (JacksonException e) {
      throw new ChainException("the data folder is damaged: its chain's rules are no JSON", e);
    }
  }

  /**
   * Opens the chain in a store, which it owns from here on.
   *
   * @throws ChainException if there is none, or it is damaged
   */
  public static Blockchain open(KeyValueStore store, SealEngine engine) {
    ChainConfig config = config(store);
    try {
      return new StoredChain(store, config, engine);
    } catch (MissingNodeException | RlpException e) {
      throw new ChainException("the data folder is damaged: " + e.getMessage(), e);
    }
  }

  /** A chain of its first block that lives as long as the process. */
  public static Blockchain inMemory(Genesis genesis, SealEngine engine) {
    MemoryStore store = new MemoryStore();
    init(store, genesis);
    return open(store, engine);
  }

  /** The least number of blocks whose states {@link #prune} keeps: so deep a fork can still win. */
  public static final int KEPT_BLOCKS_MIN = 128;

  /**
   * Removes the states of all blocks but the first, and the last on and beside the chain. The chain
   * must not be open. Blocks, receipts and the index of transactions stay.
   *
   * @param keptBlocks the head and the blocks before it whose states stay, {@value
   *     #KEPT_BLOCKS_MIN} at least
   * @return how many trie nodes went
   * @throws ChainException if there is no chain, or it is damaged
   */
  public static long prune(KeyValueStore store, int keptBlocks) {
    if (keptBlocks < KEPT_BLOCKS_MIN) {
      throw new IllegalArgumentException("below " + KEPT_BLOCKS_MIN + " blocks: " + keptBlocks);
    }
    config(store);
    ChainStore chain = new ChainStore(store);
    byte[] hash = chain.meta(ChainStore.META_HEAD);
    ChainStore.Entry head = hash == null ? null : chain.entry(Hash.of(hash));
    if (head == null) {
      throw new ChainException("the data folder is damaged: it lacks its head");
    }
    long from = head.header().number() - keptBlocks + 1;
    Set<Hash> kept = new LinkedHashSet<>();
    Set<Hash> others = new LinkedHashSet<>();
    chain.eachHeader(header -> {
      boolean keep = header.number() >= from || header.number() == 0;
      (keep ? kept : others).add(header.stateRoot());
    });
    // A root may be gone since the last time, but for those of the blocks that were kept then.
    kept.removeIf(root -> !root.equals(head.header().stateRoot()) && !chain.hasState(root));
    return StateDatabase.prune(store, kept, others);
  }

  /** The hash of the first block; null in an empty store. */
  private static byte @Nullable [] checkFormat(KeyValueStore store, ChainStore chain) {
    byte[] format = chain.meta(ChainStore.META_FORMAT);
    if (format == null) {
      boolean[] empty = {true};
      store.each(
          new byte[0],
          (_, _) -> {
            empty[0] = false;
            return false;
          });
      if (empty[0]) {
        return null;
      }
      throw new ChainException("the data folder holds a database that this program did not write");
    }
    String name = new String(format, StandardCharsets.UTF_8);
    if (!name.equals(ChainStore.FORMAT)) {
      throw new ChainException(
          "the data folder has the format "
              + name
              + ", and this program reads "
              + ChainStore.FORMAT);
    }
    byte[] genesis = chain.meta(ChainStore.META_GENESIS);
    if (genesis == null) {
      throw new ChainException("the data folder is damaged: it lacks its first block");
    }
    return genesis;
  }
}
