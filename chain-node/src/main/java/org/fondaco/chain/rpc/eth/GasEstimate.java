package org.fondaco.chain.rpc.eth;

import org.fondaco.chain.evm.Result;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * Searches the least gas limit that a call succeeds with. That is more than what it uses: refunds
 * come at the end, and a callee gets at most 63 of 64 parts (EIP-150).
 */
final class GasEstimate {
  /** The search ends when the limits are this close: 15 in 1000, as geth does. */
  private static final long CLOSE_ENOUGH = 15;

  private static final long OF = 1_000;

  private final Simulator.Scene scene;
  private final CallArguments arguments;
  private final long cap;

  GasEstimate(Simulator.Scene scene, CallArguments arguments, long cap) {
    this.scene = scene;
    this.arguments = arguments;
    this.cap = cap;
  }

  /**
   * The estimate.
   *
   * @throws RpcException if the call fails whatever its gas, with why it does
   */
  long search() throws RpcException {
    WorldState state = scene.state();
    long most = limit(state);
    Call call = arguments.toCall(most);
    if (isTransfer(call, state)
        && most >= Rules.TRANSACTION
        && successful(arguments.toCall(Rules.TRANSACTION)) != null) {
      return Rules.TRANSACTION;
    }
    Simulator.Run run = scene.run(call, null);
    Outcome.Executed executed =
        switch (run.outcome()) {
          case Outcome.Executed done -> done;
          case Outcome.Invalid(Outcome.Reason reason) -> throw refusal(reason, call, run);
        };
    if (!executed.result().success()) {
      throw failure(executed.result(), most);
    }
    return between(executed, most);
  }

  private static RpcException refusal(Outcome.Reason reason, Call call, Simulator.Run run) {
    if (reason == Outcome.Reason.GAS_BELOW_INTRINSIC) {
      return exceedsAllowance(call.gasLimit().longValue());
    }
    return RpcException.server(
        "failed with "
            + call.gasLimit().toBigInteger()
            + " gas: "
            + CallFailure.text(reason, call, run));
  }

  /** Where gas was what it lacked, the limit is named; else what the call says. */
  private static RpcException failure(Result result, long most) {
    return "out of gas".equals(CallFailure.text(result))
        ? exceedsAllowance(most)
        : CallFailure.of(result);
  }

  private static RpcException exceedsAllowance(long gas) {
    return RpcException.server("gas required exceeds allowance (" + gas + ")");
  }

  private long between(Outcome.Executed executed, long limit) throws RpcException {
    long most = limit;
    long least = executed.gasUsed() - 1; // fails, or there is nothing to search
    long optimistic = (executed.gasUsed() + executed.gasRefunded() + Rules.CALL_STIPEND) * 64 / 63;
    if (optimistic < most) {
      if (successful(arguments.toCall(optimistic)) != null) {
        most = optimistic;
      } else {
        least = optimistic;
      }
    }
    while (least + 1 < most && (most - least) * OF >= most * CLOSE_ENOUGH) {
      long middle = least + (most - least) / 2;
      if (middle > 2 * least) {
        middle = 2 * least; // most calls need little more than what they use
      }
      if (successful(arguments.toCall(middle)) != null) {
        most = middle;
      } else {
        least = middle;
      }
    }
    return most;
  }

  private Outcome.@Nullable Executed successful(Call call) throws RpcException {
    return scene.run(call, null).outcome() instanceof Outcome.Executed executed
            && executed.result().success()
        ? executed
        : null;
  }

  /** From above: what was asked, else the block's limit; what the sender can pay; the cap. */
  private long limit(WorldState state) throws RpcException {
    U256 asked = arguments.gas();
    long most =
        asked != null && asked.compareTo(U256.of(Rules.TRANSACTION)) >= 0
            ? asked.saturatedLong()
            : scene.block().gasLimit().saturatedLong();
    Call call = arguments.toCall(0);
    U256 fee = call.maxFee();
    if (!fee.isZero()) {
      U256 balance = state.balance(call.sender());
      if (balance.compareTo(call.value()) < 0) {
        throw RpcException.server("insufficient funds for transfer");
      }
      most = Math.min(most, balance.subtract(call.value()).divide(fee).saturatedLong());
    }
    return Math.min(most, cap);
  }

  private static boolean isTransfer(Call call, WorldState state) {
    Address to = call.to();
    return call.input().length == 0 && to != null && state.code(to).isEmpty();
  }
}
