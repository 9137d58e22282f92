package org.fondaco.chain.rpc.eth;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.BaseFee;
import org.fondaco.chain.execution.BlockExecution;
import org.fondaco.chain.execution.Contexts;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code eth_simulateV1}: a chain of blocks that nobody sealed, of calls that nobody signed, on top
 * of a block. One thread.
 */
final class Simulation {
  private static final int BLOCKS_MAX = 256;

  /** What geth adds where the time of a block is not given. */
  private static final long SECONDS_A_BLOCK = 12;

  private static final int NUMBERS_NOT_IN_ORDER = -38020;
  private static final int TIMES_NOT_IN_ORDER = -38021;
  private static final int LIMIT_EXCEEDED = -38026;

  private final Blockchain chain;
  private final BlockHeader base;
  private final Options options;
  private final Map<Long, Hash> simulated = new HashMap<>();
  private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
  private BlockHeader last;
  private @Nullable BlockExecution ground;
  private long gasLeft;

  /**
   * What the caller wants.
   *
   * @param validation whether calls must be such as a block could hold, but for their signature
   * @param transfers whether movements of ether are logs too
   * @param full whether transactions are objects instead of hashes
   * @param gasCap of all calls together
   * @param deadlineNanos of {@link System#nanoTime()}
   */
  record Options(
      boolean validation, boolean transfers, boolean full, long gasCap, long deadlineNanos) {}

  Simulation(Blockchain chain, BlockHeader base, Options options) {
    this.chain = chain;
    this.base = base;
    this.options = options;
    last = base;
    gasLeft = options.gasCap();
  }

  /**
   * Simulates every block of {@code blockStateCalls}.
   *
   * @throws RpcException for what no block could hold, with the specification's codes
   */
  ArrayNode run(JsonNode blocks) throws RpcException {
    if (!blocks.isArray() || blocks.isEmpty()) {
      throw RpcException.invalidParams("empty input");
    }
    if (blocks.size() > BLOCKS_MAX) {
      throw tooManyBlocks();
    }
    for (JsonNode block : blocks) {
      Overrides overrides =
          new Overrides(object(block, "stateOverrides"), object(block, "blockOverrides"), 0);
      fillUpTo(overrides);
      add(overrides, block.path("calls"));
    }
    return results;
  }

  private static @Nullable JsonNode object(JsonNode block, String name) throws RpcException {
    JsonNode node = block.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isObject()) {
      throw RpcException.invalidParams("invalid argument 0: " + name + " is not an object");
    }
    return node;
  }

  private static RpcException tooManyBlocks() {
    return new RpcException(LIMIT_EXCEEDED, "too many blocks");
  }

  /** Where numbers are left out, empty blocks stand. */
  private void fillUpTo(Overrides overrides) throws RpcException {
    long number = overrides.apply(expected()).number();
    if (number <= last.number()) {
      throw new RpcException(
          NUMBERS_NOT_IN_ORDER,
          "block numbers must be in order: " + number + " <= " + last.number());
    }
    if (number - base.number() > BLOCKS_MAX) {
      throw tooManyBlocks();
    }
    Overrides none = new Overrides(null, null, 0);
    while (last.number() + 1 < number) {
      add(none, JsonNodeFactory.instance.arrayNode());
    }
  }

  private void add(Overrides overrides, JsonNode calls) throws RpcException {
    BlockContext context = overrides.apply(expected());
    if (context.time() <= last.timestamp()) {
      throw new RpcException(
          TIMES_NOT_IN_ORDER,
          "block timestamps must be in order: " + context.time() + " <= " + last.timestamp());
    }
    BlockHeader header = header(context);
    BlockExecution first = ground;
    if (first == null) {
      first = chain.begin(header);
      ground = first;
    }
    overrides.apply(first.state());
    BlockContext own = Contexts.of(chain.config(), header, context.ancestors());
    SimulatedBlock block =
        new SimulatedBlock(
            Contexts.rules(chain.config(), header),
            own.withBlobBaseFee(overrides.apply(own).blobBaseFee()),
            first.state(),
            options,
            gasLeft);
    for (JsonNode call : calls) {
      block.call(CallArguments.read(call, 0));
    }
    gasLeft = block.gasLeft();
    Block sealed = block.seal(header, first.update().root(first.state()));
    results.add(block.json(sealed));
    last = sealed.header();
    simulated.put(last.number(), last.hash());
  }

  /** The surroundings of the next block, unless they are overridden. */
  private BlockContext expected() {
    BlockContext before = chain.context(base);
    U256 baseFee = options.validation() && isLondon() ? BaseFee.next(last) : U256.ZERO;
    return new BlockContext(
        last.coinbase(),
        last.number() + 1,
        last.timestamp() + SECONDS_A_BLOCK,
        Contexts.rules(chain.config(), base).atLeast(Fork.PARIS) ? U256.ZERO : base.difficulty(),
        U256.ofLimbs(last.gasLimit(), 0, 0, 0),
        baseFee,
        before.blobBaseFee(),
        before.chainId(),
        number -> {
          if (number == base.number()) {
            return base.hash();
          }
          Hash hash = simulated.get(number);
          return hash == null ? before.ancestors().apply(number) : hash;
        });
  }

  private boolean isLondon() {
    return chain
        .config()
        .fork(last.number() + 1, last.timestamp(), base.difficulty())
        .atLeast(Fork.LONDON);
  }

  private BlockHeader header(BlockContext context) throws RpcException {
    if (!context.gasLimit().fitsLong()) {
      throw RpcException.invalidParams("invalid argument 0: gas limit above 2^63 - 1");
    }
    boolean random = Contexts.rules(chain.config(), base).atLeast(Fork.PARIS);
    Long excess = last.excessBlobGas();
    Long used = last.blobGasUsed();
    Long nextExcess = excess == null || used == null ? null : BlobGas.excess(excess, used);
    return new BlockHeader(
        last.hash(),
        BlockHeader.NO_UNCLES,
        context.coinbase(),
        Hash.ZERO,
        Trie.EMPTY_ROOT,
        Trie.EMPTY_ROOT,
        new byte[BlockHeader.BLOOM_BYTES],
        random ? base.difficulty() : context.difficulty(),
        context.number(),
        context.gasLimit().longValue(),
        0,
        context.time(),
        new byte[0],
        random ? context.difficulty().toHash() : Hash.ZERO,
        0,
        isLondon() ? context.baseFee() : null,
        base.withdrawalsRoot() == null ? null : Trie.EMPTY_ROOT,
        nextExcess == null ? null : (Long) 0L,
        nextExcess,
        nextExcess == null ? null : Hash.ZERO);
  }
}
