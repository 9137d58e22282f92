package org.fondaco.chain.trace;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.Contexts;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.mining.Miner;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rlp.RlpException;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.eth.BlockViews;
import org.fondaco.chain.rpc.eth.CallArguments;
import org.fondaco.chain.rpc.eth.EthSettings;
import org.fondaco.chain.rpc.eth.Overrides;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code debug_trace…} and {@code debug_getRaw…}, as geth has them. */
public final class DebugMethods {
  private static final long TIMEOUT_MS_MAX = 3_600_000;

  private final EthSettings settings;
  private final Blockchain chain;
  private final TransactionPool pool;
  private final BlockViews views;
  private final Replay replay;

  private DebugMethods(EthSettings settings, Blockchain chain, TransactionPool pool, Miner miner) {
    this.settings = settings;
    this.chain = chain;
    this.pool = pool;
    views = new BlockViews(chain, miner);
    replay = new Replay(chain);
  }

  /** Adds the methods. */
  public static void register(
      Methods methods, EthSettings settings, Blockchain chain, TransactionPool pool, Miner miner) {
    DebugMethods debug = new DebugMethods(settings, chain, pool, miner);
    methods.add("debug_traceTransaction", debug::traceTransaction);
    methods.add("debug_traceCall", debug::traceCall);
    methods.add(
        "debug_traceBlockByNumber",
        (parameters, caller) -> debug.traceBlock(debug.block(parameters, 2), parameters, caller));
    methods.add(
        "debug_traceBlockByHash",
        (parameters, caller) -> debug.traceBlock(debug.block(parameters, 2), parameters, caller));
    methods.add(
        "debug_traceBlock",
        (parameters, caller) -> debug.traceBlock(decoded(parameters), parameters, caller));
    methods.add(
        "debug_getRawBlock",
        (parameters, caller) -> Quantity.of(debug.block(parameters, 1).encode()));
    methods.add(
        "debug_getRawHeader",
        (parameters, caller) -> Quantity.of(debug.block(parameters, 1).header().encode()));
    methods.add("debug_getRawReceipts", (parameters, caller) -> debug.rawReceipts(parameters));
    methods.add(
        "debug_getRawTransaction", (parameters, caller) -> debug.rawTransaction(parameters));
  }

  private Block block(Parameters parameters, int most) throws RpcException {
    parameters.atMost(most);
    parameters.required(0);
    return views.block(views.view(parameters, 0));
  }

  private static Block decoded(Parameters parameters) throws RpcException {
    parameters.atMost(2);
    try {
      return Block.decode(parameters.data(0));
    } catch (RlpException e) {
      throw RpcException.server("could not decode block: " + e.getMessage());
    }
  }

  private JsonNode traceBlock(Block block, Parameters parameters, RpcMethod.Caller caller)
      throws RpcException {
    TraceOptions options = TraceOptions.read(parameters.optional(1));
    return replay.block(block, options, deadline(options, caller));
  }

  private JsonNode traceTransaction(Parameters parameters, RpcMethod.Caller caller)
      throws RpcException {
    parameters.atMost(2);
    Hash hash = parameters.hash(0);
    TraceOptions options = TraceOptions.read(parameters.optional(1));
    Blockchain.Location location = chain.locate(hash);
    Block block = location == null ? null : chain.block(location.blockHash());
    if (location == null || block == null) {
      throw RpcException.server("transaction not found");
    }
    return replay.transaction(block, location.index(), options, deadline(options, caller));
  }

  private JsonNode traceCall(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    parameters.atMost(3);
    CallArguments arguments = CallArguments.read(parameters.required(0), 0);
    JsonNode given = parameters.optional(2);
    TraceOptions options = TraceOptions.read(given);
    Overrides overrides =
        new Overrides(field(given, "stateOverrides"), field(given, "blockOverrides"), 2);
    BlockViews.View view = views.view(parameters, 1);
    BlockContext context = overrides.apply(replay.context(view.header()));
    Rules rules = Contexts.rules(chain.config(), view.header());
    U256 gas = arguments.gas();
    long limit = gas == null ? settings.gasCap() : Math.min(gas.saturatedLong(), settings.gasCap());
    try {
      WorldState state = views.state(view);
      overrides.apply(state);
      return new Scene(rules, context, state, new Budget(), deadline(options, caller))
          .simulate(arguments.toCall(limit), options);
    } catch (MissingNodeException e) {
      throw BlockViews.missing(view.header());
    }
  }

  private static @Nullable JsonNode field(@Nullable JsonNode json, String name)
      throws RpcException {
    JsonNode field = json == null ? null : json.get(name);
    if (field != null && !field.isNull() && !field.isObject()) {
      throw RpcException.invalidParams("invalid argument 2: " + name + " is not an object");
    }
    return field == null || field.isNull() ? null : field;
  }

  private static long deadline(TraceOptions options, RpcMethod.Caller caller) {
    long own = System.nanoTime() + Math.min(options.timeoutMs(), TIMEOUT_MS_MAX) * 1_000_000;
    return own - caller.deadlineNanos() < 0 ? own : caller.deadlineNanos();
  }

  private JsonNode rawReceipts(Parameters parameters) throws RpcException {
    BlockHeader header = block(parameters, 1).header();
    List<Receipt> receipts = chain.receipts(header.hash());
    if (receipts == null) {
      throw RpcException.server("receipts of block " + header.hash() + " not found");
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    receipts.forEach(receipt -> list.add(Quantity.of(receipt.encode())));
    return list;
  }

  /** Of the chain or the pool; JSON's null if it is in neither. */
  private @Nullable JsonNode rawTransaction(Parameters parameters) throws RpcException {
    parameters.atMost(1);
    Hash hash = parameters.hash(0);
    Blockchain.Location location = chain.locate(hash);
    Block block = location == null ? null : chain.block(location.blockHash());
    Transaction transaction =
        location == null || block == null
            ? pool.transaction(hash)
            : block.transactions().get(location.index());
    return transaction == null ? null : Quantity.of(transaction.encode());
  }
}
