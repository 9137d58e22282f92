package org.fondaco.api.torture;

import org.jspecify.annotations.Nullable;

/**
 * Something was seen that must never be, or something that must be did not happen in time. The
 * message is the evidence.
 */
final class Violation extends AssertionError {
  private static final long serialVersionUID = 1;

  Violation(String message) {
    super(message);
  }

  Violation(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
