package org.fondaco.api.limit;

import java.util.concurrent.CompletableFuture;

/** Shares nothing. */
final class OwnOnly implements Sharing {

  @Override
  public CompletableFuture<Void> settled() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public boolean healthy() {
    return true;
  }

  @Override
  public void changed(Shared shared) {}

  @Override
  public void close() {}
}
