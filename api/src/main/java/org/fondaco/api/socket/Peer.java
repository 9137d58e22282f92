package org.fondaco.api.socket;

import java.nio.ByteBuffer;

/** The client at the other end of a WebSocket, as a conversation sees it. Thread-safe. */
public interface Peer {

  /** Remote address, without port; what request weights are counted by. */
  String address();

  /**
   * Queues one text message and returns at once. A client that does not take its messages is
   * disconnected; what is sent to one that is gone is dropped.
   *
   * @param utf8 one whole message; the same buffer may be sent to many clients and is not changed
   */
  void send(ByteBuffer utf8);

  /**
   * Closes after what is queued is sent.
   *
   * @param code WebSocket close code [RFC 6455 §7.4]
   */
  void close(int code, String reason);
}
