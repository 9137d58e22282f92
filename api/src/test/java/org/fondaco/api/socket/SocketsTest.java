package org.fondaco.api.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.fondaco.api.socket.SocketCounters.Ending;
import org.fondaco.api.socket.SocketCounters.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections as they should be, and the ends that the rules give them. */
class SocketsTest {
  private SocketServer server;

  @BeforeEach
  void start() throws Exception {
    server = new SocketServer(SocketLimits.documented(100, 50));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void whatIsSaidIsHeard() throws Exception {
    try (RawSocket client = new RawSocket(server.port(), "/echo/a%20b@c?x=1&y")) {
      assertThat(client.status()).startsWith("HTTP/1.1 101");
      SocketServer.Echo echo = server.conversation();
      assertThat(echo.path).isEqualTo("/echo/a b@c");
      assertThat(echo.query).isEqualTo("x=1&y");
      assertThat(echo.peer.address()).isEqualTo("127.0.0.1");
      client.sendText("grüße ≥ 世界");
      assertThat(client.text()).isEqualTo("grüße ≥ 世界");
      client.send(true, RawSocket.PING, "p".getBytes(StandardCharsets.UTF_8));
      RawSocket.Frame pong = client.read();
      assertThat(pong.opcode()).isEqualTo(RawSocket.PONG);
      assertThat(pong.text()).isEqualTo("p");
      client.send(true, RawSocket.CLOSE, new byte[] {3, (byte) 0xe8});
      assertThat(client.closeCode()).isEqualTo(1000);
      assertThat(echo.hasEnded()).isTrue();
    }
  }

  @Test
  void whatIsSaidBeforeTheUpgradeFollowsIt() throws Exception {
    try (RawSocket client = new RawSocket(server.port(), "/echo/greeting")) {
      assertThat(client.text()).isEqualTo("hello");
    }
  }

  @Test
  void pathsAreFoundInAnyCaseAndOthersPassThrough() throws Exception {
    try (RawSocket upper = new RawSocket(server.port(), "/ECHO/");
        RawSocket exact = new RawSocket(server.port(), "/free/");
        RawSocket below = new RawSocket(server.port(), "/free/x");
        RawSocket other = new RawSocket(server.port(), "/echoes");
        RawSocket nobody = new RawSocket(server.port(), "/echo/nobody")) {
      assertThat(upper.status()).startsWith("HTTP/1.1 101");
      assertThat(exact.status()).startsWith("HTTP/1.1 101");
      assertThat(below.status()).startsWith("HTTP/1.1 204");
      assertThat(other.status()).startsWith("HTTP/1.1 204");
      assertThat(nobody.status()).startsWith("HTTP/1.1 404");
      assertThat(server.sockets.counters().refused(Refusal.NOT_FOUND)).isEqualTo(1);
    }
  }

  @Test
  void compressionIsNotNegotiated() throws Exception {
    try (RawSocket client =
        new RawSocket(server.port(), "/echo", "Sec-WebSocket-Extensions: permessage-deflate")) {
      assertThat(client.status()).startsWith("HTTP/1.1 101");
      assertThat(client.headers()).noneMatch(line -> line.contains("Extensions"));
    }
  }

  @Test
  void aPingEveryTwentySecondsAndAPongWithinAMinute() throws Exception {
    try (RawSocket client = new RawSocket(server.port(), "/echo")) {
      SocketServer.Echo echo = server.conversation();
      client.sendText("open");
      assertThat(client.text()).isEqualTo("open");
      for (int i = 0; i < 10; i++) {
        server.pass(20);
        RawSocket.Frame ping = client.read();
        assertThat(ping.opcode()).isEqualTo(RawSocket.PING);
        assertThat(ping.payload()).isNotEmpty();
        client.send(true, RawSocket.PONG, ping.payload());
        client.sendText("round " + i);
        assertThat(client.text()).isEqualTo("round " + i);
      }
      assertThat(echo.ended).isEmpty();
    }
  }

  @Test
  void aClientThatDoesNotPongIsGoneEvenIfItSendsOthers() throws Exception {
    try (RawSocket client = new RawSocket(server.port(), "/echo")) {
      SocketServer.Echo echo = server.conversation();
      client.sendText("open");
      assertThat(client.text()).isEqualTo("open");
      for (int i = 0; i < 3; i++) {
        server.pass(20);
        assertThat(client.read().opcode()).isEqualTo(RawSocket.PING);
        client.send(true, RawSocket.PONG, new byte[0]);
        client.sendText("x");
        assertThat(client.text()).isEqualTo("x");
      }
      assertThat(echo.ended).isEmpty();
      server.pass(20);
      assertThat(client.closeCode()).isEqualTo(-1);
      assertThat(echo.hasEnded()).isTrue();
    }
    assertThat(server.sockets.counters().ended(Ending.SILENT)).isEqualTo(1);
  }
}
