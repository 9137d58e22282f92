package org.fondaco.chain.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StateSource;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.NodeStore;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** A chain of heads and states that a test makes up: all that the pool looks at. */
final class HeadsOnly implements Blockchain {
  static final long CHAIN_ID = 1024;

  private final ChainConfig config;
  private final List<ChainListener> listeners = new ArrayList<>();
  private MemoryState state = new MemoryState();
  private BlockHeader head;

  HeadsOnly(boolean london) {
    String forks =
        "\"homesteadBlock\":0,\"eip150Block\":0,\"eip155Block\":0,\"eip158Block\":0"
            + (london
                ? ",\"byzantiumBlock\":0,\"constantinopleBlock\":0,\"istanbulBlock\":0,"
                    + "\"berlinBlock\":0,\"londonBlock\":0"
                : "");
    config = ChainConfig.read(new ObjectMapper().readTree("{\"chainId\":1024," + forks + "}"));
    head = header(0, 8_000_000, london ? U256.of(100) : null);
  }

  private static BlockHeader header(long number, long gasLimit, @Nullable U256 baseFee) {
    return new BlockHeader(
        Hash.ZERO,
        BlockHeader.NO_UNCLES,
        Address.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[BlockHeader.BLOOM_BYTES],
        U256.ONE,
        number,
        gasLimit,
        0,
        number,
        new byte[0],
        Hash.ZERO,
        0,
        baseFee,
        null,
        null,
        null,
        null);
  }

  static Block block(long number, long gasLimit, @Nullable U256 baseFee, List<Transaction> body) {
    return new Block(header(number, gasLimit, baseFee), body, List.of(), null);
  }

  /** Sets accounts without a new head; only before a pool looks. */
  void set(Map<Address, StoredAccount> accounts) {
    accounts.forEach(state::put);
  }

  void set(Address address, long nonce, long balance) {
    state.put(address, new StoredAccount(nonce, U256.of(balance), Code.EMPTY));
  }

  /** Another head, with the accounts given changed. */
  void move(List<Block> removed, List<Block> added, Map<Address, StoredAccount> accounts) {
    state = state.copy();
    accounts.forEach(state::put);
    head = added.getLast().header();
    listeners.forEach(listener -> listener.headChanged(removed, added));
  }

  @Override
  public ChainConfig config() {
    return config;
  }

  @Override
  public BlockHeader head() {
    return head;
  }

  @Override
  public StateSource state(Hash stateRoot) {
    return state;
  }

  @Override
  public void listen(ChainListener listener) {
    listeners.add(listener);
  }

  @Override
  public SealEngine engine() {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public BlockHeader genesis() {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable BlockHeader header(Hash hash) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable BlockHeader header(long number) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable Block block(Hash hash) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable Block block(long number) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable List<Receipt> receipts(Hash blockHash) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable U256 totalDifficulty(Hash blockHash) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public @Nullable Location locate(Hash transaction) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public NodeStore nodes() {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public BlockExecution begin(BlockHeader header) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public BlockContext context(BlockHeader header) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public Insertion insert(Block block) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public Insertion insertSealed(Block block) {
    throw new AssertionError("the pool asks for heads and states");
  }

  @Override
  public void close() {}
}
