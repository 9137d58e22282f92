package org.fondaco.api.trading;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
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
 * @param names of the legs of lists, for answers about them
 * @param answering runs what turns a result into an answer
 */
record EngineDoor(EngineGateway gateway, LegNames names, Executor answering) {

  /** Submits with the request's digest: the engine answers a repeated request as a duplicate. */
  CompletableFuture<Answer> submit(
      Call call, Command command, Function<CommandResult, Answer> answer) {
    return gateway
        .submit(command, call.digestHigh(), call.digestLow())
        .thenApplyAsync(answer, answering);
  }

  /** As {@link #submit} of what may cancel or amend a list, which the answer then names. */
  CompletableFuture<Answer> submit(
      Call call, Command command, BiFunction<CommandResult, LegNames.Legs, Answer> answer) {
    return gateway
        .submit(command, call.digestHigh(), call.digestLow())
        .thenComposeAsync(
            result -> names.of(result).thenApply(legs -> answer.apply(result, legs)), answering);
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
    return counted(call, command, counts, orders).thenApplyAsync(answer, answering);
  }

  /** As {@link #place} of what cancels an order as well, perhaps with its list. */
  CompletableFuture<Answer> replace(
      Call call,
      Command command,
      OrderCounts.Usage counts,
      BiFunction<CommandResult, LegNames.Legs, Answer> answer) {
    return counted(call, command, counts, 1)
        .thenComposeAsync(
            result -> names.of(result).thenApply(legs -> answer.apply(result, legs)), answering);
  }

  private CompletableFuture<CommandResult> counted(
      Call call, Command command, OrderCounts.Usage counts, int orders) {
    return gateway
        .submit(command, call.digestHigh(), call.digestLow())
        .whenComplete((_, failure) -> {
          if (failure instanceof EngineGateway.Busy || failure instanceof EngineGateway.Stopping) {
            counts.giveBack(orders);
          }
        });
  }

  /** Submits what changes nothing, so that a repetition is no harm. */
  CompletableFuture<Answer> ask(Command command, Function<CommandResult, Answer> answer) {
    return gateway.submit(command).thenApplyAsync(answer, answering);
  }
}
