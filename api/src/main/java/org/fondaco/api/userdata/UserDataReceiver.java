package org.fondaco.api.userdata;

/**
 * Hears one account. Called by one thread at a time and in the order of the engine; must not block.
 */
public interface UserDataReceiver {

  /** One event. */
  void event(UserEvent event);

  /** Nothing follows. */
  void ended(End reason);

  /** Why a subscription ended without being asked to. */
  enum End {
    /** Events were lost; what the client knows of the account must be asked for anew. */
    LOST,
    /** The API key that opened it is valid no more. */
    KEY_REVOKED,
    /** The listen key was ended by its owner. */
    CLOSED,
    /** The listen key was not kept alive. */
    EXPIRED
  }
}
