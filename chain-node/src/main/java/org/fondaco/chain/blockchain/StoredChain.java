package org.fondaco.chain.blockchain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.execution.Contexts;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.state.StateDatabase;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * The chain over a store. A block, its receipts, its state and the change of the head are one
 * batch, so whatever moment the process dies at, the store holds a head with its state.
 */
final class StoredChain implements Blockchain {
  /** Blocks that a builder may have in hand at once. */
  private static final int EXECUTIONS_MAX = 4;

  private final KeyValueStore store;
  private final ChainStore blocks;
  private final StateDatabase states;
  private final ChainConfig config;
  private final SealEngine engine;
  private final HeaderRules headerRules;
  private final BodyRules bodyRules;
  private final EntryCache cache;
  private final BlockHeader genesis;
  private final ReentrantLock inserting = new ReentrantLock();
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
  private final Deque<BlockExecution> executions = new ArrayDeque<>();
  private volatile ChainStore.Entry head;

  StoredChain(KeyValueStore store, ChainConfig config, SealEngine engine) {
    this.store = store;
    this.config = config;
    this.engine = engine;
    blocks = new ChainStore(store);
    cache = new EntryCache(blocks);
    states = new StateDatabase(store);
    headerRules = new HeaderRules(config, engine);
    bodyRules = new BodyRules(headerRules, this::block);
    genesis = named(ChainStore.META_GENESIS).header();
    head = named(ChainStore.META_HEAD);
    states.open(head.header().stateRoot());
    if (!Objects.equals(blocks.canonical(head.header().number()), head.header().hash())) {
      throw new ChainException("the data folder is damaged: the head is not on the chain");
    }
  }

  private ChainStore.Entry named(String meta) {
    byte[] hash = blocks.meta(meta);
    ChainStore.Entry entry = hash == null ? null : blocks.entry(Hash.of(hash));
    if (entry == null) {
      throw new ChainException("the data folder is damaged: it lacks its " + meta + " block");
    }
    return entry;
  }

  @Override
  public ChainConfig config() {
    return config;
  }

  @Override
  public SealEngine engine() {
    return engine;
  }

  @Override
  public BlockHeader genesis() {
    return genesis;
  }

  @Override
  public BlockHeader head() {
    return head.header();
  }

  @Override
  public @Nullable BlockHeader header(Hash hash) {
    ChainStore.Entry entry = cache.entry(hash);
    return entry == null ? null : entry.header();
  }

  @Override
  public @Nullable BlockHeader header(long number) {
    Hash hash = canonical(number);
    return hash == null ? null : header(hash);
  }

  @Override
  public @Nullable Block block(Hash hash) {
    return cache.block(hash);
  }

  @Override
  public @Nullable Block block(long number) {
    Hash hash = canonical(number);
    return hash == null ? null : block(hash);
  }

  /** The store knows the next block a moment before it is the head; until then nobody else does. */
  private @Nullable Hash canonical(long number) {
    return number <= head.header().number() ? blocks.canonical(number) : null;
  }

  @Override
  public @Nullable List<Receipt> receipts(Hash blockHash) {
    return blocks.receipts(blockHash);
  }

  @Override
  public @Nullable U256 totalDifficulty(Hash blockHash) {
    ChainStore.Entry entry = cache.entry(blockHash);
    return entry == null ? null : entry.totalDifficulty();
  }

  @Override
  public @Nullable Location locate(Hash transaction) {
    Location location = blocks.location(transaction);
    return location != null && location.blockNumber() <= head.header().number() ? location : null;
  }

  @Override
  public StateSource state(Hash stateRoot) {
    return states.open(stateRoot);
  }

  @Override
  public NodeStore nodes() {
    return states.nodes();
  }

  @Override
  public BlockContext context(BlockHeader header) {
    return Contexts.of(config, header, ancestors(header));
  }

  private Ancestors ancestors(BlockHeader header) {
    return new Ancestors(header.number(), header.parentHash(), this::header);
  }

  @Override
  public BlockExecution begin(BlockHeader header) {
    BlockHeader parent = header(header.parentHash());
    if (parent == null) {
      throw new IllegalArgumentException("no block " + header.parentHash());
    }
    BlockExecution execution = execution(parent, header);
    synchronized (executions) {
      executions.addLast(execution);
      if (executions.size() > EXECUTIONS_MAX) {
        executions.removeFirst();
      }
    }
    return execution;
  }

  private BlockExecution execution(BlockHeader parent, BlockHeader header) {
    BlockExecution execution =
        new BlockExecution(
            config,
            engine.paysRewards(),
            header,
            new WorldState(states.open(parent.stateRoot())),
            states.update(parent.stateRoot()),
            ancestors(header));
    execution.begin();
    return execution;
  }

  @Override
  public Insertion insert(Block block) {
    return insert(block, false);
  }

  @Override
  public Insertion insertSealed(Block block) {
    return insert(block, true);
  }

  private Insertion insert(Block block, boolean own) {
    inserting.lock();
    try {
      if (cache.entry(block.hash()) != null) {
        return new Insertion.Known();
      }
      ChainStore.Entry parent = cache.entry(block.header().parentHash());
      if (parent == null) {
        return new Insertion.UnknownParent();
      }
      boolean merged = isMerged(parent, block.number());
      String wrong = headerRules.check(parent.header(), block.header(), merged);
      if (wrong == null) {
        wrong = bodyRules.check(block);
      }
      if (wrong != null) {
        return new Insertion.Invalid(wrong);
      }
      BlockExecution execution = own ? finished(block) : null;
      if (execution == null && !hasState(parent.header().stateRoot())) {
        return new Insertion.Invalid("parentHash: the state after the parent was pruned");
      }
      if (execution == null) {
        execution = execution(parent.header(), block.header());
        wrong = Import.run(execution, block);
      }
      return wrong == null
          ? keep(block, parent, merged, execution, own)
          : new Insertion.Invalid(wrong);
    } finally {
      inserting.unlock();
    }
  }

  private boolean hasState(Hash root) {
    try {
      states.open(root);
      return true;
    } catch (MissingNodeException e) {
      return false;
    }
  }

  private boolean isMerged(ChainStore.Entry parent, long number) {
    U256 terminal = config.terminalTotalDifficulty();
    return config.isMerged(number)
        || terminal != null && parent.totalDifficulty().compareTo(terminal) >= 0;
  }

  /** What building the block left, so that it need not run again. */
  private @Nullable BlockExecution finished(Block block) {
    Hash unsealed = block.header().sealHash();
    synchronized (executions) {
      for (BlockExecution execution : executions) {
        Block built = execution.finished();
        if (built != null && built.header().sealHash().equals(unsealed)) {
          executions.remove(execution);
          return execution;
        }
      }
    }
    return null;
  }

  private Insertion keep(
      Block block, ChainStore.Entry parent, boolean merged, BlockExecution execution, boolean own) {
    ChainStore.Entry entry =
        new ChainStore.Entry(
            block.header(), parent.totalDifficulty().add(block.header().difficulty()));
    // Other nodes have the blocks that came from them; of this node's own this is the only copy.
    Batch batch = own ? Batch.durable() : Batch.buffered();
    ChainStore.put(batch, block, entry.totalDifficulty(), execution.receipts());
    execution.update().save(batch);
    // After the merge the beacon chain chooses; here, the block that came last.
    boolean better = merged || entry.totalDifficulty().compareTo(head.totalDifficulty()) > 0;
    if (!better) {
      store.write(batch);
      return new Insertion.Side();
    }
    List<Block> removed = new ArrayList<>();
    List<Block> added = new ArrayList<>();
    route(block, removed, added);
    removed.forEach(old -> ChainStore.unlink(batch, old));
    added.forEach(link -> ChainStore.link(batch, link));
    ChainStore.putMeta(batch, ChainStore.META_HEAD, block.hash().toBytes());
    store.write(batch);
    head = entry;
    listeners.forEach(listener -> listener.headChanged(removed, added));
    return new Insertion.Head();
  }

  /** What leaves the chain, the highest first, and what joins it, the lowest first. */
  private void route(Block to, List<Block> removed, List<Block> added) {
    Block old = known(head.header().hash());
    Block next = to;
    while (!old.hash().equals(next.hash())) {
      if (next.number() > old.number()) {
        added.add(next);
        next = known(next.header().parentHash());
      } else {
        removed.add(old);
        old = known(old.header().parentHash());
      }
    }
    Collections.reverse(added);
  }

  private Block known(Hash hash) {
    Block block = block(hash);
    if (block == null) {
      throw new IllegalStateException("the store lacks block " + hash);
    }
    return block;
  }

  @Override
  public void listen(ChainListener listener) {
    listeners.add(listener);
  }

  @Override
  public void close() {
    inserting.lock();
    try {
      store.close();
    } finally {
      inserting.unlock();
    }
  }
}
