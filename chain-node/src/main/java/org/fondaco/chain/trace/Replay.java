package org.fondaco.chain.trace;

import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Ancestors;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.execution.BlockStart;
import org.fondaco.chain.execution.Contexts;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.eth.BlockViews;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Address;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Runs blocks of the chain again, on the state of their parents. Safe for any thread. */
final class Replay {
  private final Blockchain chain;

  Replay(Blockchain chain) {
    this.chain = chain;
  }

  /** The trace of one transaction of a block; those before it run first. */
  JsonNode transaction(Block block, int index, TraceOptions options, long deadlineNanos)
      throws RpcException {
    try {
      Scene scene = begin(block, deadlineNanos);
      for (int i = 0; i < index; i++) {
        scene.run(call(block, i));
      }
      return scene.trace(call(block, index), options);
    } catch (MissingNodeException e) {
      throw BlockViews.missing(parent(block));
    }
  }

  /** The traces of all transactions, in an array of {@code txHash} and {@code result}. */
  JsonNode block(Block block, TraceOptions options, long deadlineNanos) throws RpcException {
    ArrayNode results = JsonNodeFactory.instance.arrayNode();
    try {
      Scene scene = begin(block, deadlineNanos);
      for (int i = 0; i < block.transactions().size(); i++) {
        ObjectNode entry = results.addObject();
        entry.put("txHash", block.transactions().get(i).hash().toString());
        entry.set("result", scene.trace(call(block, i), options));
      }
    } catch (MissingNodeException e) {
      throw BlockViews.missing(parent(block));
    }
    return results;
  }

  /** The state and surroundings of the block's first transaction. */
  private Scene begin(Block block, long deadlineNanos) throws RpcException {
    BlockHeader header = block.header();
    Rules rules = Contexts.rules(chain.config(), header);
    BlockContext context = context(header);
    WorldState state = new WorldState(chain.state(parent(block).stateRoot()));
    BlockStart.run(chain.config(), header, rules, context, state);
    return new Scene(rules, context, state, new Budget(), deadlineNanos);
  }

  /** What the machine is told of a block. */
  BlockContext context(BlockHeader header) {
    return Contexts.of(
        chain.config(), header, new Ancestors(header.number(), header.parentHash(), chain::header));
  }

  private BlockHeader parent(Block block) throws RpcException {
    if (block.number() == 0) {
      throw RpcException.server("genesis is not traceable");
    }
    BlockHeader parent = chain.header(block.header().parentHash());
    if (parent == null) {
      throw RpcException.server("parent " + block.header().parentHash() + " not found");
    }
    return parent;
  }

  private static Call call(Block block, int index) throws RpcException {
    Transaction transaction = block.transactions().get(index);
    Address sender = transaction.sender();
    if (sender == null) {
      throw RpcException.server("invalid sender of " + transaction.hash());
    }
    return Call.of(transaction, sender);
  }
}
