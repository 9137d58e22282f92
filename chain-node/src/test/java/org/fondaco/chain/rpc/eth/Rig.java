package org.fondaco.chain.rpc.eth;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.genesis.Genesis;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.mining.PendingState;
import org.fondaco.chain.pool.PoolSettings;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node of a test: a chain in memory, a pool, blocks that are sealed when the test says so, and
 * small contracts from the start.
 */
final class Rig implements AutoCloseable {
  static final long CHAIN_ID = 1337;
  static final byte[] KEY = key(1);
  static final Address OWNER = Secp256k1.addressOf(KEY);
  static final Address COINBASE = Address.of(0xc0ffee);
  static final U256 GWEI = U256.of(1_000_000_000);

  /** Logs two topics: the first two words of its input. */
  static final String LOGGER = "0x0000000000000000000000000000000000001001";

  /** Reverts with its input. */
  static final String REVERTER = "0x0000000000000000000000000000000000001002";

  /** Never ends. */
  static final String LOOP = "0x0000000000000000000000000000000000001003";

  /** Stores the second word of its input at the first. */
  static final String STORE = "0x0000000000000000000000000000000000001004";

  /** Returns what is stored at its input. */
  static final String READER = "0x0000000000000000000000000000000000001005";

  /** Returns NUMBER. */
  static final String NUMBER = "0x0000000000000000000000000000000000001006";

  /** An operation that does not exist. */
  static final String INVALID = "0x0000000000000000000000000000000000001007";

  /** Calls LOGGER with 63 of 64 parts of its gas, and reverts if that fails. */
  static final String CALLER = "0x0000000000000000000000000000000000001008";

  private static final String LONDON =
      """
      , "homesteadBlock": 0, "eip150Block": 0, "eip155Block": 0, "eip158Block": 0,
      "byzantiumBlock": 0, "constantinopleBlock": 0, "petersburgBlock": 0, "istanbulBlock": 0,
      "berlinBlock": 0, "londonBlock": 0, "evmRules": "cancun", "instant": {}
      """;

  private static final String GENESIS =
      """
      {"config": {"chainId": 1337 CONFIG},
       "difficulty": "0x1", "gasLimit": "0x1c9c380", "timestamp": "0x6553f100",
       "alloc": {
         "OWNER": {"balance": "0x3635c9adc5dea00000"},
         "0x0000000000000000000000000000000000001001": {"balance": "0x0", "code": "0x60203560003560006000a200"},
         "0x0000000000000000000000000000000000001002": {"balance": "0x0", "code": "0x366000600037366000fd"},
         "0x0000000000000000000000000000000000001003": {"balance": "0x0", "code": "0x5b600056"},
         "0x0000000000000000000000000000000000001004": {"balance": "0x0", "code": "0x6020356000355500"},
         "0x0000000000000000000000000000000000001005": {"balance": "0x0", "code": "0x6000355460005260206000f3",
           "storage": {"0x01": "0x2a"}},
         "0x0000000000000000000000000000000000001006": {"balance": "0x0", "code": "0x4360005260206000f3"},
         "0x0000000000000000000000000000000000001007": {"balance": "0x0", "code": "0xfe"},
         "0x0000000000000000000000000000000000001008": {"balance": "0x0",
           "code": "0x600060006040600060006110015af160175760006000fd5b00"}
       }}
      """;

  final Blockchain chain;
  final TransactionPool pool;
  final Methods methods = new Methods();
  final AtomicLong nanos = new AtomicLong();
  final Events events = new Events();
  private final EthMethods eth;

  Rig() throws IOException {
    this(EthSettings.DEFAULT);
  }

  Rig(EthSettings settings) throws IOException {
    this(settings, LONDON, config -> new InstantSeal());
  }

  /**
   * A chain of other rules.
   *
   * @param config what the genesis says beyond the chain's id
   */
  Rig(EthSettings settings, String config, Function<ChainConfig, SealEngine> engine)
      throws IOException {
    String json = GENESIS.replace("OWNER", OWNER.toString()).replace("CONFIG", config);
    Genesis genesis = Genesis.read(JsonMapper.shared().readTree(json));
    chain = Chains.inMemory(genesis, engine.apply(ChainConfig.read(genesis.config())));
    pool = TransactionPool.open(chain, PoolSettings.standard());
    eth = EthMethods.register(methods, settings, chain, pool, new BySay(), nanos::get);
  }

  static U256 baseFee(BlockHeader header) {
    return Objects.requireNonNull(header.baseFee());
  }

  static byte[] key(int number) {
    byte[] key = new byte[32];
    key[31] = (byte) number;
    return key;
  }

  /** Notifications that came, in their order. */
  static final class Events implements RpcMethod.Caller {
    final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    final List<Runnable> closing = new ArrayList<>();

    @Override
    public void notify(JsonNode message) {
      messages.add(message);
    }

    @Override
    public void onClose(Runnable action) {
      closing.add(action);
    }

    @Override
    public long deadlineNanos() {
      return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }

    /** The next one's {@code params}. */
    JsonNode next() throws InterruptedException {
      JsonNode message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new IllegalStateException("nothing came");
      }
      return message.path("params");
    }
  }

  /** The result, or JSON's null as Java's. */
  @Nullable JsonNode ask(String method, String parameters) throws RpcException {
    RpcMethod found = methods.find(method);
    if (found == null) {
      throw new IllegalStateException("no " + method);
    }
    return found.call(new Parameters(JsonMapper.shared().readTree("[" + parameters + "]")), events);
  }

  /** A result that is there. */
  JsonNode get(String method, String parameters) throws RpcException {
    JsonNode result = ask(method, parameters);
    if (result == null) {
      throw new IllegalStateException(method + " gave null");
    }
    return result;
  }

  String text(String method, String parameters) throws RpcException {
    return get(method, parameters).asString();
  }

  /** A transaction of the owner's, signed; {@code to} null creates. */
  static Transaction transaction(
      int type, long nonce, @Nullable Address to, long wei, long gas, byte[] data) {
    return new Transaction(
            type,
            U256.of(CHAIN_ID),
            nonce,
            type == Transaction.DYNAMIC_FEE ? GWEI : GWEI.multiply(U256.of(3)),
            GWEI.multiply(U256.of(3)),
            gas,
            to,
            U256.of(wei),
            data,
            List.of(),
            U256.ZERO,
            List.of(),
            new Transaction.Signature(0, U256.ONE, U256.ONE))
        .signedBy(KEY);
  }

  static Transaction transfer(long nonce) {
    return transaction(Transaction.DYNAMIC_FEE, nonce, Address.of(0xbeef), 1, 21_000, new byte[0]);
  }

  /** Logs topics 1 and 2. */
  static Transaction logging(long nonce, int first, int second) {
    byte[] data = new byte[64];
    data[31] = (byte) first;
    data[63] = (byte) second;
    return transaction(Transaction.DYNAMIC_FEE, nonce, Address.parse(LOGGER), 0, 100_000, data);
  }

  private List<Transaction> waiting() {
    return pool.byPrice(nextBaseFee(chain.head())).stream()
        .map(TransactionPool.Executable::transaction)
        .toList();
  }

  /** Seals a block with what the pool holds. */
  Block seal() {
    return insert(build(chain.head(), waiting(), "").block());
  }

  Block insert(Block block) {
    Blockchain.Insertion insertion = chain.insert(block);
    if (!(insertion instanceof Blockchain.Insertion.Head
        || insertion instanceof Blockchain.Insertion.Side)) {
      throw new IllegalStateException(insertion.toString());
    }
    return block;
  }

  /** Null before London. */
  private @Nullable U256 nextBaseFee(BlockHeader parent) {
    return parent.baseFee() == null ? null : BaseFee.next(parent);
  }

  /** A block on any parent. */
  Miner.Pending build(BlockHeader parent, List<Transaction> transactions, String extra) {
    return build(parent, transactions, List.of(), extra);
  }

  Miner.Pending build(
      BlockHeader parent, List<Transaction> transactions, List<BlockHeader> uncles, String extra) {
    BlockExecution execution =
        chain.begin(
            new BlockHeader(
                parent.hash(),
                BlockHeader.NO_UNCLES,
                COINBASE,
                Hash.ZERO,
                Trie.EMPTY_ROOT,
                Trie.EMPTY_ROOT,
                new byte[BlockHeader.BLOOM_BYTES],
                chain
                    .engine()
                    .difficulty(
                        parent,
                        !parent.unclesHash().equals(BlockHeader.NO_UNCLES),
                        parent.timestamp() + 1),
                parent.number() + 1,
                parent.gasLimit(),
                0,
                parent.timestamp() + 1,
                extra.getBytes(StandardCharsets.US_ASCII),
                Hash.ZERO,
                0,
                nextBaseFee(parent),
                null,
                null,
                null,
                null));
    for (Transaction transaction : transactions) {
      if (execution.apply(transaction) instanceof BlockExecution.Applied.Refused(String reason)) {
        throw new IllegalStateException(reason);
      }
    }
    Block block = execution.finish(uncles, null);
    PendingState after = new PendingState(chain.state(parent.stateRoot()), execution.state());
    return new Miner.Pending(block, execution.receipts(), after);
  }

  @Override
  public void close() {
    eth.close();
    pool.close();
    chain.close();
  }

  /** Mines nothing by itself; knows what it would mine. */
  private final class BySay implements Miner {
    @Override
    public void start(int threads) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {}

    @Override
    public boolean isMining() {
      return false;
    }

    @Override
    public Address coinbase() {
      return COINBASE;
    }

    @Override
    public void setCoinbase(Address coinbase) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setExtraData(byte[] extraData) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setGasCeiling(long gas) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long hashRate() {
      return 0;
    }

    @Override
    public int datasetPercent() {
      return 100;
    }

    @Override
    public Pending pending() {
      return build(chain.head(), waiting(), "");
    }

    @Override
    public Block sealNow() {
      return seal();
    }

    @Override
    public boolean sleepBlocks(int blocks, Duration timeout) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
