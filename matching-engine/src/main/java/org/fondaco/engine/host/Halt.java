package org.fondaco.engine.host;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The one way to stop a venue that must not go on. The first cause counts. */
final class Halt {

  private final CompletableFuture<Throwable> cause = new CompletableFuture<>();
  private volatile @Nullable Throwable first;

  boolean halted() {
    return first != null;
  }

  CompletableFuture<Throwable> cause() {
    return cause;
  }

  /** The first cause, null while the venue runs. */
  @Nullable Throwable why() {
    return first;
  }

  synchronized void halt(Throwable why) {
    if (first != null) {
      return;
    }
    first = why;
    // Dependants may do anything, so not on a thread of the pipeline.
    Thread.ofVirtual().name("fondaco-halt").start(() -> cause.complete(why));
  }
}
