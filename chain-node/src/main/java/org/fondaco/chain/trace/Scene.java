package org.fondaco.chain.trace;

import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.CancelledException;
import org.fondaco.chain.evm.Watch;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.precompile.Precompiles;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.transition.Outcome;
import org.fondaco.chain.transition.Transition;
import tools.jackson.databind.JsonNode;

/**
 * Where transactions are traced, one after the other: each leaves the state to the next.
 *
 * @param deadlineNanos of {@link System#nanoTime()}
 */
record Scene(Rules rules, BlockContext block, WorldState state, Budget budget, long deadlineNanos) {

  /**
   * Runs a transaction of a block and says what it did.
   *
   * @throws RpcException if the time is over, the trace grows too large, or the block could not
   *     have held the transaction
   */
  JsonNode trace(Call call, TraceOptions options) throws RpcException {
    TransactionTrace trace = open(options);
    trace.begin(call);
    return result(trace, () -> transition(trace).apply(call, Long.MAX_VALUE));
  }

  /** The same of a call that nobody signed. */
  JsonNode simulate(Call call, TraceOptions options) throws RpcException {
    TransactionTrace trace = open(options);
    trace.begin(call);
    return result(trace, () -> transition(trace).simulate(call));
  }

  /** Runs a transaction before those that are of interest. */
  void run(Call call) throws RpcException {
    JsonNode unused = trace(call, TraceOptions.NOTHING);
  }

  private Transition transition(TransactionTrace trace) {
    return new Transition(rules, state, block, Watch.tracing(trace).until(deadlineNanos));
  }

  private interface Execution {
    Outcome run();
  }

  private static JsonNode result(TransactionTrace trace, Execution execution) throws RpcException {
    try {
      return switch (execution.run()) {
        case Outcome.Executed executed -> trace.result(executed);
        case Outcome.Invalid invalid ->
            throw RpcException.server("tracing failed: " + invalid.reason());
      };
    } catch (CancelledException e) {
      throw RpcException.server("execution timeout");
    } catch (TraceTooLargeException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private TransactionTrace open(TraceOptions options) throws RpcException {
    return switch (options.tracer()) {
      case "", "structLogger", "opcodeLogger" -> new StepTrace(options, state, budget);
      case "callTracer" -> new CallTrace(options, budget);
      case "prestateTracer" -> new PrestateTrace(options, state, block.coinbase());
      case "4byteTracer" -> new SelectorTrace(Precompiles.of(rules.fork()));
      case "noopTracer" -> new EmptyTrace();
      default ->
          throw RpcException.server(
              "tracer not found: there are callTracer, prestateTracer, 4byteTracer, noopTracer, and"
                  + " the default of steps; JavaScript is not run");
    };
  }
}
