package org.fondaco.api.socket;

/**
 * A path that WebSockets open on.
 *
 * @param path for example {@code /ws}; matched in any case, with or without a slash at its end
 * @param below paths below it belong to it too, for example {@code /ws/btcusdt@trade}
 * @param countsMessages text messages count against the limit of inbound messages a second, as
 *     pings and pongs do everywhere [web-socket-streams.md §Websocket Limits]
 * @param conversations what is said there
 */
public record SocketRoute(
    String path, boolean below, boolean countsMessages, Conversations conversations) {

  boolean covers(String requested) {
    int length = path.length();
    if (!requested.regionMatches(true, 0, path, 0, length)) {
      return false;
    }
    if (requested.length() == length) {
      return true;
    }
    return requested.charAt(length) == '/' && (below || requested.length() == length + 1);
  }
}
