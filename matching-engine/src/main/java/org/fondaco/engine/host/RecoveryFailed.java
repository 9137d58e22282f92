package org.fondaco.engine.host;

import org.jspecify.annotations.Nullable;

/** The venue cannot start, or its replica cannot go on; the message is for the operator. */
public final class RecoveryFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RecoveryFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
