package org.fondaco.api.socket;

/** What is said on one WebSocket. Called by one thread at a time. */
public interface Conversation {

  /** A whole text message came. Must not block. */
  void heard(String text);

  /** The connection is gone, for whatever reason; nothing follows. */
  void ended();
}
