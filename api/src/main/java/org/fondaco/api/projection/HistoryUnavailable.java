package org.fondaco.api.projection;

/** The answer needs the database, which cannot be reached now. */
public final class HistoryUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryUnavailable(Throwable cause) {
    super("history is unavailable: " + cause.getMessage(), cause);
  }
}
