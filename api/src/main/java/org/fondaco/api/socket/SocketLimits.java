package org.fondaco.api.socket;

import java.time.Duration;

/**
 * What a client may do on WebSockets [web-socket-streams.md §Websocket Limits].
 *
 * @param connectionsMax connections open at a time, all clients together
 * @param attemptsPerFiveMinutes connections an address may try to open in five minutes
 * @param messagesPerSecond inbound messages a connection may send in any second
 * @param offences disconnections for too many messages, in five minutes, that ban an address
 * @param ban how long it is banned
 * @param messageBytesMax longest inbound message
 * @param queuedBytesMax bytes that may wait for a client before it is disconnected; a single
 *     message may be longer
 * @param pingEvery how often the server pings
 * @param pongWithin silence after a ping that ends the connection
 * @param lifetime how long a connection lives
 */
public record SocketLimits(
    int connectionsMax,
    int attemptsPerFiveMinutes,
    int messagesPerSecond,
    int offences,
    Duration ban,
    int messageBytesMax,
    int queuedBytesMax,
    Duration pingEvery,
    Duration pongWithin,
    Duration lifetime) {

  /** As documented; a message may be as long as 1024 subscriptions need. */
  public static SocketLimits documented(int connectionsMax, int attemptsPerFiveMinutes) {
    return new SocketLimits(
        connectionsMax,
        attemptsPerFiveMinutes,
        5,
        10,
        Duration.ofMinutes(5),
        64 << 10,
        4 << 20,
        Duration.ofSeconds(20),
        Duration.ofMinutes(1),
        Duration.ofHours(24));
  }
}
