package org.fondaco.engine.host;

import java.util.concurrent.CompletableFuture;

/** The answer that a caller waits for. */
final class PendingCommand extends CompletableFuture<CommandResult> {

  private final long sinceNanos;

  PendingCommand(long sinceNanos) {
    this.sinceNanos = sinceNanos;
  }

  /** Monotonic time of submission. */
  long sinceNanos() {
    return sinceNanos;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }
}
