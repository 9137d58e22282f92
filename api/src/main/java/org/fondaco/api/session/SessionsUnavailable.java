package org.fondaco.api.session;

/** The store that keeps sessions cannot be reached; who is signed in is unknown for now. */
public final class SessionsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SessionsUnavailable(Throwable cause) {
    super("sessions cannot be reached", cause);
  }
}
