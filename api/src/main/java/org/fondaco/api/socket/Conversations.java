package org.fondaco.api.socket;

import org.jspecify.annotations.Nullable;

/** Begins conversations on a path. */
@FunctionalInterface
public interface Conversations {

  /**
   * Begins one; what it sends during the call goes out once the WebSocket is open.
   *
   * @param path path of the upgrade request, decoded, for example {@code /ws/btcusdt@trade}
   * @param query as sent, without the question mark; empty = none
   * @return null to refuse the upgrade with 404
   */
  @Nullable Conversation begin(Peer peer, String path, String query);
}
