package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.WebSocket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** WebSockets: answers, notifications, and clients that do not read them. */
class WebSocketDoorTest extends DoorTest {
  private WebSocket connect(Heard heard, String origin) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    return builder.buildAsync(URI.create("ws://127.0.0.1:" + server.webSocketPort()), heard).join();
  }

  @Test
  void answersAndNotifiesOverWebSocket() throws Exception {
    Heard heard = new Heard();
    WebSocket socket = connect(heard, "");
    socket.sendText(call("net_version", "[]"), true).join();
    assertThat(heard.next()).contains("\"1024\"");
    socket.sendText(call("eth_subscribe", "[\"newHeads\"]"), true).join();
    assertThat(heard.next()).contains("\"result\":\"0x1\"");
    assertThat(heard.next()).contains("early");
    subscriber.get().notify(notification("later"));
    assertThat(heard.next()).contains("later");
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aWebSocketThatTalksNonsenseIsToldSoAndClosed() throws Exception {
    Heard heard = new Heard();
    connect(heard, "").sendText("{{{", true).join();
    assertThat(heard.next()).isEqualTo(error("null", -32700, "parse error"));
    assertThat(heard.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1000);
    Heard second = new Heard();
    connect(second, "").sendText(" ".repeat(200_000), true);
    assertThat(second.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1009);
  }

  @Test
  void pagesOfOthersMayNotConnect() {
    connect(new Heard(), "http://localhost:3000").abort();
    assertThatThrownBy(() -> connect(new Heard(), "https://evil.example"))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void whoDoesNotReadNotificationsIsDisconnected() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.webSocketPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] text = call("eth_subscribe", "[]").getBytes(StandardCharsets.UTF_8);
      byte[] frame = new byte[text.length + 6];
      frame[0] = (byte) 0x81;
      frame[1] = (byte) (0x80 | text.length); // a mask of zeros
      System.arraycopy(text, 0, frame, 6, text.length);
      socket.getOutputStream().write(frame);
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("0x1") < 0) {
        head.append((char) in.read());
      }
      // More than queue and kernel hold: the notifier never waits, the client loses its connection.
      ObjectNode large = notification("x".repeat(200_000));
      for (int i = 0; i < 200 && ended.getCount() > 0; i++) {
        subscriber.get().notify(large);
      }
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void servesEverythingOnTheLocalSocket() throws IOException {
    Path path = folder.resolve("fondaco.ipc");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(path));
      BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      OutputStream out = Channels.newOutputStream(channel);
      // One value right after another, then one in pieces.
      String first = call("personal_secret", "[]");
      out.write((first + first).getBytes(StandardCharsets.UTF_8));
      assertThat(in.readLine()).contains("secret");
      assertThat(in.readLine()).contains("secret");
      byte[] pieces = ("[" + call("rpc_modules", "[]") + "]\n").getBytes(StandardCharsets.UTF_8);
      out.write(pieces, 0, 10);
      out.flush();
      out.write(pieces, 10, pieces.length - 10);
      assertThat(in.readLine()).contains("\"personal\":\"1.0\"");
      out.write("}".getBytes(StandardCharsets.UTF_8));
      assertThat(in.readLine()).isEqualTo(error("null", -32700, "parse error"));
      assertThat(in.readLine()).isNull();
    }
  }
}
