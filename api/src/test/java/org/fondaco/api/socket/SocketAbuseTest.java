package org.fondaco.api.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.socket.SocketCounters.Ending;
import org.fondaco.api.socket.SocketCounters.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that flood, stall, lie about lengths or never read; the others must not notice. */
class SocketAbuseTest {
  private static final int MESSAGE_BYTES = 1_000;
  private static final int QUEUED_BYTES = 1 << 20;

  private SocketServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new SocketServer(
            new SocketLimits(
                2_100,
                2_200,
                5,
                3,
                Duration.ofMinutes(5),
                MESSAGE_BYTES,
                QUEUED_BYTES,
                Duration.ofSeconds(20),
                Duration.ofMinutes(1),
                Duration.ofHours(24)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private RawSocket open() throws IOException {
    return new RawSocket(server.port(), "/echo");
  }

  private long ended(Ending ending) {
    return server.sockets.counters().ended(ending);
  }

  @Test
  void aClientThatNeverReadsIsDisconnectedAndDelaysNobody() throws Exception {
    try (RawSocket slow = new RawSocket(server.port(), 4_096, "/echo");
        RawSocket quick = open()) {
      SocketServer.Echo toSlow = server.conversation();
      SocketServer.Echo toQuick = server.conversation();
      ByteBuffer message = ByteBuffer.wrap("x".repeat(10_000).getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 2_000; i++) {
        toSlow.peer.send(message);
      }
      toQuick.say("still here");
      assertThat(quick.text()).isEqualTo("still here");
      assertThat(ended(Ending.SLOW)).isEqualTo(1);
      server.pass(6);
      assertThat(toSlow.hasEnded()).isTrue();
      assertThat(server.sockets.counters().open()).isEqualTo(1);
      assertThat(slow.status()).contains("101");
    }
  }

  @Test
  void aFloodIsCutAndItsAddressBanned() throws Exception {
    for (int offence = 0; offence < 3; offence++) {
      try (RawSocket client = open()) {
        for (int i = 0; i < 6; i++) {
          client.send(true, i % 2 == 0 ? RawSocket.PING : RawSocket.TEXT, new byte[] {'x'});
        }
        assertThat(client.closeCode()).isEqualTo(1008);
      }
    }
    try (RawSocket banned = open()) {
      assertThat(banned.status()).startsWith("HTTP/1.1 418");
      assertThat(banned.headers()).contains("Retry-After: 300");
    }
    server.pass(301);
    try (RawSocket forgiven = open()) {
      assertThat(forgiven.status()).startsWith("HTTP/1.1 101");
    }
    assertThat(server.sockets.counters().refused(Refusal.BANNED)).isEqualTo(1);
  }

  @Test
  void fiveMessagesASecondAreAllowedForEver() throws Exception {
    try (RawSocket client = open()) {
      for (int second = 0; second < 20; second++) {
        for (int i = 0; i < 5; i++) {
          client.sendText("m" + i);
          assertThat(client.text()).isEqualTo("m" + i);
        }
        server.nanos.addAndGet(1_000_000_000);
      }
    }
  }

  @Test
  void messagesOfAPathWhoseConversationCountsThemselvesAreNotCounted() throws Exception {
    try (RawSocket client = new RawSocket(server.port(), "/free")) {
      for (int i = 0; i < 50; i++) {
        client.sendText("m" + i);
        assertThat(client.text()).isEqualTo("m" + i);
      }
      for (int i = 0; i < 6; i++) {
        client.send(true, RawSocket.PONG, new byte[0]);
      }
      assertThat(client.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void fragmentsAreJoinedUpToTheLimit() throws Exception {
    try (RawSocket client = open()) {
      byte[] half = "y".repeat(MESSAGE_BYTES / 2).getBytes(StandardCharsets.UTF_8);
      client.send(false, RawSocket.TEXT, half);
      client.send(true, RawSocket.PING, new byte[] {1});
      assertThat(client.read().opcode()).isEqualTo(RawSocket.PONG);
      client.send(true, RawSocket.CONTINUATION, half);
      assertThat(client.text()).isEqualTo("y".repeat(MESSAGE_BYTES));
      client.send(false, RawSocket.TEXT, half);
      client.send(false, RawSocket.CONTINUATION, half);
      client.send(true, RawSocket.CONTINUATION, new byte[] {'z'});
      assertThat(client.closeCode()).isEqualTo(1009);
    }
    assertThat(ended(Ending.TOO_LONG)).isEqualTo(1);
  }

  @Test
  void framesThatAreTooLongAreCutBeforeTheyAreRead() throws Exception {
    for (long length : new long[] {MESSAGE_BYTES + 1, 1 << 30, Integer.MAX_VALUE}) {
      try (RawSocket client = open()) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        RawSocket.head(head, 0x80 | RawSocket.TEXT, 0x80, length);
        head.write(new byte[4]);
        head.write("a".repeat(MESSAGE_BYTES + 1).getBytes(StandardCharsets.UTF_8));
        client.sendBytes(head.toByteArray());
        assertThat(client.closeCode()).as("%d", length).isEqualTo(1009);
      }
    }
  }

  @Test
  void whatIsMalformedIsClosedAsTheProtocolSays() throws Exception {
    byte[] unmasked = {(byte) 0x81, 1, 'x'};
    byte[] reserved = {(byte) 0xf1, (byte) 0x81, 0, 0, 0, 0, 'x'};
    byte[] unknownOpcode = {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0};
    byte[] continuationOfNothing = {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0};
    byte[] fragmentedPing = {0x09, (byte) 0x80, 0, 0, 0, 0};
    byte[] negativeLength = {
      (byte) 0x81, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    for (byte[] bytes :
        List.of(
            unmasked,
            reserved,
            unknownOpcode,
            continuationOfNothing,
            fragmentedPing,
            negativeLength)) {
      try (RawSocket client = open()) {
        SocketServer.Echo echo = server.conversation();
        client.sendBytes(bytes);
        assertThat(client.closeCode()).isIn(1002, 1009);
        client.close();
        assertThat(echo.hasEnded()).isTrue();
        assertThat(echo.heard).isEmpty();
      }
    }
    try (RawSocket client = open()) {
      client.send(true, RawSocket.TEXT, new byte[] {(byte) 0xc3, 0x28});
      assertThat(client.closeCode()).isEqualTo(1007);
    }
    try (RawSocket client = open()) {
      client.send(true, RawSocket.BINARY, new byte[] {1, 2});
      assertThat(client.closeCode()).isEqualTo(1003);
    }
  }

  @Test
  void aConversationThatFailsEndsItsOwnConnectionOnly() throws Exception {
    try (RawSocket failing = open();
        RawSocket other = open()) {
      failing.sendText("fail");
      assertThat(failing.closeCode()).isEqualTo(1011);
      other.sendText("fine");
      assertThat(other.text()).isEqualTo("fine");
    }
  }

  @Test
  void twoThousandIdleConnectionsAreKeptAndTheDeadOnesFound() throws Exception {
    List<RawSocket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 2_000; i++) {
        clients.add(open());
      }
      List<SocketServer.Echo> echoes = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        echoes.add(server.conversation());
      }
      server.pass(20);
      for (int i = 0; i < 1_000; i++) {
        RawSocket.Frame ping = clients.get(i).read();
        clients.get(i).send(true, RawSocket.PONG, ping.payload());
        clients.get(i).sendText("awake");
        assertThat(clients.get(i).text()).isEqualTo("awake");
      }
      server.pass(61);
      // Half of them are half-open: nobody answers there.
      int gone = 0;
      while (gone < 1_000) {
        gone = 2_000 - server.sockets.counters().open();
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      }
      assertThat(ended(Ending.SILENT)).isEqualTo(1_000);
      assertThat(echoes).hasSize(2_000);
    } finally {
      for (RawSocket client : clients) {
        client.close();
      }
    }
  }

  @Test
  void connectionsLiveADayAndTheVenuesEndIsAnnounced() throws Exception {
    try (RawSocket client = open()) {
      server.conversation();
      client.sendText("open");
      assertThat(client.text()).isEqualTo("open");
      server.pass(86_400);
      assertThat(client.closeCode()).isEqualTo(1000);
    }
    try (RawSocket client = open()) {
      client.sendText("open");
      assertThat(client.text()).isEqualTo("open");
      Thread stopping = Thread.ofPlatform().start(server.sockets::close);
      assertThat(client.text()).isEqualTo("bye");
      assertThat(client.closeCode()).isEqualTo(1001);
      client.close();
      stopping.join();
      assertThat(server.sockets.counters().open()).isZero();
    }
  }

  @Test
  void anAddressMayTryOnlySoOften() throws Exception {
    server.close();
    server = new SocketServer(SocketLimits.documented(3, 5));
    List<RawSocket> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clients.add(open());
    }
    assertThat(clients.stream().map(client -> client.status().substring(9, 12)))
        .containsExactly("101", "101", "101", "503", "503", "429");
    for (RawSocket client : clients) {
      client.close();
    }
  }
}
