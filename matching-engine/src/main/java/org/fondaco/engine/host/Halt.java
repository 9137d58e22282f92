package org.fondaco.engine.host;

import java.util.concurrent.CompletableFuture;

/** The one way to stop a venue that must not go on. The first cause counts. */
final class Halt {

  private final CompletableFuture<Throwable> cause = new CompletableFuture<>();
  private volatile boolean halted;

  boolean halted() {
    return halted;
  }

  CompletableFuture<Throwable> cause() {
    return cause;
  }

  void halt(Throwable why) {
    halted = true;
    // Dependants may do anything, so not on a thread of the pipeline.
    Thread.ofVirtual().name("fondaco-halt").start(() -> cause.complete(why));
  }
}
