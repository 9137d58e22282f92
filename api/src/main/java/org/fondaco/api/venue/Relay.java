package org.fondaco.api.venue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import org.fondaco.engine.host.CommandResult;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.EngineEvent;

/** Sends one source's commands and insists on an answer: the engine applies each number once. */
record Relay(EngineGateway gateway, int source) {
  private static final long RETRY_NANOS = 50_000_000;

  /**
   * Returns the engine's answer, however often it has to be asked.
   *
   * @throws EngineGateway.Stopping when the venue stops; the command is sent again at the next
   *     start
   */
  EngineEvent.SourceOutcome send(Command command, long n) {
    while (true) {
      try {
        return outcome(await(gateway.submitFromSource(command, source, n)), n);
      } catch (EngineGateway.Busy | EngineGateway.OutcomeUnknown e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Waits for a future and unwraps its failure. */
  static CommandResult await(CompletableFuture<CommandResult> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static EngineEvent.SourceOutcome outcome(CommandResult result, long n) {
    for (EngineEvent event : result.events()) {
      if (event instanceof EngineEvent.SourceOutcome outcome && outcome.sourceSequence() == n) {
        return outcome;
      }
    }
    throw new IllegalStateException("the engine did not answer venue command " + n + ": " + result);
  }
}
