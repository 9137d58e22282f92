package org.fondaco.chain.rpc.eth;

import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.CancelledException;
import org.fondaco.chain.evm.Tracer;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.eth.BlockViews.View;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import org.fondaco.chain.trie.MissingNodeException;
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
      block = overrides.apply(chain.context(view.header()));
      rules = chain.config().machine(block.number(), block.time(), view.header().difficulty());
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
    return new Scene(view, overrides, deadline(caller));
  }

  /** When a call that begins now must have ended. */
  long deadline(RpcMethod.Caller caller) {
    long own = System.nanoTime() + settings.callTime().toNanos();
    return own - caller.deadlineNanos() < 0 ? own : caller.deadlineNanos();
  }

  /** Gas of a call that asked for {@code gas}: at most the cap, which is also the default. */
  long gas(@Nullable U256 gas) {
    return gas == null ? settings.gasCap() : Math.min(gas.saturatedLong(), settings.gasCap());
  }

  private static String seconds(long millis) {
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
