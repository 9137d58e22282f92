package org.fondaco.db.postgres;

/**
 * PostgreSQL cannot be unpacked, created, started, reached, migrated or stopped; the message is for
 * the operator.
 */
public final class PostgresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public PostgresException(String message) {
    super(message);
  }

  public PostgresException(String message, Throwable cause) {
    super(message, cause);
  }
}
