package org.fondaco.api.trading;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.fondaco.api.http.Answer;
import org.fondaco.api.http.Call;
import org.fondaco.api.limit.OrderCounts;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;

/**
 * Sends a request's command and answers on another thread than the engine's output thread, which
 * must never be kept.
 *
 * @param answering runs what turns a result into an answer
 */
record EngineDoor(EngineGateway gateway, Executor answering) {

  /** Submits with the request's digest: the engine answers a repeated request as a duplicate. */
  CompletableFuture<Answer> submit(
      Call call, Command command, Function<CommandResult, Answer> answer) {
    return gateway
        .submit(command, call.digestHigh(), call.digestLow())
        .thenApplyAsync(answer, answering);
  }

  /**
   * As {@link #submit} of a placement: what was certainly not executed does not count as orders.
   */
  CompletableFuture<Answer> place(
      Call call,
      Command command,
      OrderCounts.Usage counts,
      int orders,
      Function<CommandResult, Answer> answer) {
    return gateway
        .submit(command, call.digestHigh(), call.digestLow())
        .handleAsync(
            (result, failure) -> {
              if (failure == null) {
                return answer.apply(result);
              }
              if (failure instanceof EngineGateway.Busy
                  || failure instanceof EngineGateway.Stopping) {
                counts.giveBack(orders);
              }
              throw failure instanceof CompletionException e ? e : new CompletionException(failure);
            },
            answering);
  }

  /** Submits what changes nothing, so that a repetition is no harm. */
  CompletableFuture<Answer> ask(Command command, Function<CommandResult, Answer> answer) {
    return gateway.submit(command).thenApplyAsync(answer, answering);
  }
}
