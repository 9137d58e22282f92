package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.CancelledException;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.eth.BlockViews.View;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Runs calls that leave nothing behind, on the state after a block and within limits. */
final class Simulator {
  private final Blockchain chain;
  private final BlockViews views;
  private final EthSettings settings;

  Simulator(Blockchain chain, BlockViews views, EthSettings settings) {
    this.chain = chain;
    this.views = views;
    this.settings = settings;
  }

  /** What a run found, and the state and rules it ran on. */
  record Run(Outcome outcome, WorldState state, BlockContext block, Rules rules) {}

  /** Calls on one block, all within one time limit. */
  final class Scene {
    private final View view;
    private final Overrides overrides;
    private final BlockContext block;
    private final Rules rules;
    private final long deadlineNanos;

    private Scene(View view, Overrides overrides, long deadlineNanos) throws RpcException {
      this.view = view;
      this.overrides = overrides;
      this.deadlineNanos = deadlineNanos;
      block = overrides.apply(surroundings(view.header()));
      rules = chain.config().machine(block.number(), block.time());
    }

    BlockContext block() {
      return block;
    }

    Rules rules() {
      return rules;
    }

    /** The state that every call of the scene finds; the caller's own. */
    WorldState state() throws RpcException {
      try {
        WorldState state = views.state(view);
        overrides.apply(state);
        return state;
      } catch (MissingNodeException e) {
        throw BlockViews.missing(view.header());
      }
    }

    /**
     * Runs a call.
     *
     * @throws RpcException if the time is over
     */
    Run run(Call call, @Nullable Tracer tracer) throws RpcException {
      WorldState state = state();
      Watch watch = new Watch(tracer, null).until(deadlineNanos);
      try {
        Outcome outcome = new Transition(rules, state, block, watch).simulate(call);
        return new Run(outcome, state, block, rules);
      } catch (CancelledException e) {
        throw RpcException.server(
            "execution aborted (timeout = " + seconds(settings.callTime().toMillis()) + ")");
      } catch (MissingNodeException e) {
        throw BlockViews.missing(view.header());
      }
    }
  }

  Scene scene(View view, Overrides overrides, RpcMethod.Caller caller) throws RpcException {
    long own = System.nanoTime() + settings.callTime().toNanos();
    long deadline = own - caller.deadlineNanos() < 0 ? own : caller.deadlineNanos();
    return new Scene(view, overrides, deadline);
  }

  /** Gas of a call that asked for {@code gas}: at most the cap, which is also the default. */
  long gas(@Nullable U256 gas) {
    return gas == null ? settings.gasCap() : Math.min(gas.saturatedLong(), settings.gasCap());
  }

  private BlockContext surroundings(BlockHeader header) {
    Rules rules = chain.config().machine(header.number(), header.timestamp());
    U256 baseFee = header.baseFee();
    return new BlockContext(
        header.coinbase(),
        header.number(),
        header.timestamp(),
        rules.atLeast(Fork.PARIS) ? header.mixHash().toWord() : header.difficulty(),
        U256.ofLimbs(header.gasLimit(), 0, 0, 0),
        baseFee == null ? U256.ZERO : baseFee,
        blobBaseFee(header, rules),
        chain.config().chainId(),
        ancestors(header));
  }

  static U256 blobBaseFee(BlockHeader header, Rules rules) {
    Long excess = header.excessBlobGas();
    if (excess != null) {
      return BlobGas.baseFee(excess);
    }
    // A machine ahead of its blocks: no blob was ever sent, so their gas has its least price.
    return rules.atLeast(Fork.CANCUN) ? U256.ONE : U256.ZERO;
  }

  /** Hashes before a block, also of one beside the chain; read once each. */
  private LongFunction<Hash> ancestors(BlockHeader header) {
    List<Hash> before = new ArrayList<>(List.of(header.parentHash()));
    return number -> {
      long back = header.number() - 1 - number;
      while (before.size() <= back) {
        BlockHeader last = chain.header(before.getLast());
        if (last == null) {
          return Hash.ZERO;
        }
        before.add(last.parentHash());
      }
      return back < 0 ? Hash.ZERO : before.get((int) back);
    };
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
