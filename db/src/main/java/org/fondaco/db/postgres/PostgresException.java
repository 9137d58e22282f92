package org.fondaco.db.postgres;

/** The embedded server cannot be unpacked, created, started or stopped; the message says why. */
public final class PostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PostgresException(String message) {
    super(message);
  }

  PostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
