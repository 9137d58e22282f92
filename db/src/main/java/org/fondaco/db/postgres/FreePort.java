package org.fondaco.db.postgres;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for a server that keeps it when it is started again: below the range that kernels take
 * ports of outgoing connections from, so that nothing takes it while the server is away.
 */
final class FreePort {
  private static final int MIN = 15_000;
  private static final int MAX = 32_000;

  private FreePort() {}

  /** One that nobody listens on now, on the loopback address. */
  static int find() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(MIN, MAX);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        System.getLogger(FreePort.class.getName())
            .log(System.Logger.Level.DEBUG, "port {0} is taken", Integer.toString(port));
      }
    }
  }
}
