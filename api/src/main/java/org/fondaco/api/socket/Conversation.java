package org.fondaco.api.socket;

/** What is said on one WebSocket. Called by one thread at a time. */
public interface Conversation {

  /** A whole text message came. Must not block. */
  void heard(String text);

  /**
   * The venue stops: what is sent now still goes out before the connection is closed. Streams say
   * {@code serverShutdown} here [web-socket-streams.md §General WSS information].
   */
  default void stopping() {}

  /** The connection is gone, for whatever reason; nothing follows. */
  void ended();
}
