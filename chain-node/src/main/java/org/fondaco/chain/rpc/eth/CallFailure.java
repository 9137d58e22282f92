package org.fondaco.chain.rpc.eth;

import java.math.BigInteger;
import org.fondaco.chain.abi.RevertReason;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.word.Hex;

/** Why a simulated call gave no result, in geth's words: libraries look for them. */
final class CallFailure {
  private CallFailure() {}

  /** Of a call that ran and failed. */
  static RpcException of(Result result) {
    if (result.halt() != null) {
      return RpcException.server(text(result));
    }
    String reason = RevertReason.of(result.output());
    return new RpcException(
        RpcException.REVERTED,
        reason == null ? "execution reverted" : "execution reverted: " + reason,
        Hex.encode(result.output()));
  }

  /** The bare reason of a result that failed. */
  static String text(Result result) {
    if (result.halt() == null) {
      return "execution reverted";
    }
    String message = result.halt().getMessage();
    return message == null ? "execution failed" : message;
  }

  /** Of a call that could not begin. */
  static RpcException of(Outcome.Reason reason, Call call, Simulator.Run run) {
    return RpcException.server(
        "err: "
            + text(reason, call, run)
            + " (supplied gas "
            + call.gasLimit().toBigInteger()
            + ")");
  }

  /** The bare reason. */
  static String text(Outcome.Reason reason, Call call, Simulator.Run run) {
    return switch (reason) {
      case TYPE_NOT_OF_THIS_FORK -> "transaction type not supported";
      case NONCE_TOO_LOW -> "nonce too low";
      case NONCE_TOO_HIGH -> "nonce too high";
      case NONCE_AT_MAXIMUM -> "nonce has max value";
      case SENDER_HAS_CODE -> "sender not an eoa";
      case GAS_ABOVE_BLOCK_LIMIT -> "gas limit reached";
      case GAS_BELOW_INTRINSIC ->
          "intrinsic gas too low: have "
              + call.gasLimit().toBigInteger()
              + ", want at least "
              + Rules.TRANSACTION;
      case INSUFFICIENT_FUNDS ->
          "insufficient funds for gas * price + value: address "
              + call.sender()
              + " have "
              + run.state().balance(call.sender()).toBigInteger()
              + " want "
              + cost(call);
      case FEE_BELOW_BASE_FEE ->
          "max fee per gas less than block base fee: address "
              + call.sender()
              + ", maxFeePerGas: "
              + call.maxFee().toBigInteger()
              + ", baseFee: "
              + run.block().baseFee().toBigInteger();
      case PRIORITY_ABOVE_FEE ->
          "max priority fee per gas higher than max fee per gas: address "
              + call.sender()
              + ", maxPriorityFeePerGas: "
              + call.maxPriorityFee().toBigInteger()
              + ", maxFeePerGas: "
              + call.maxFee().toBigInteger();
      case INIT_CODE_TOO_LONG ->
          "max initcode size exceeded: code size "
              + call.input().length
              + " limit "
              + run.rules().initCodeBytesMax();
      case BLOB_FEE_TOO_LOW -> "max fee per blob gas less than block blob gas fee";
      case BLOB_COUNT -> "blob transaction with no or too many blobs";
      case BLOB_HASH_VERSION -> "blob transaction with a blob hash of another version";
      case BLOB_CREATES -> "blob transaction of type create";
    };
  }

  private static BigInteger cost(Call call) {
    return call.gasLimit()
        .toBigInteger()
        .multiply(call.maxFee().toBigInteger())
        .add(call.value().toBigInteger());
  }
}
