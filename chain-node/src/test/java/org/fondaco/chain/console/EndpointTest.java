package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** The three doors, and servers that are not what they should be. */
@Timeout(60)
class EndpointTest {
  private static final long SEED = 20261128;

  @TempDir Path folder;

  @Test
  void theThreeDoorsGiveTheSame() throws Exception {
    try (FakeNode node = new FakeNode(folder).answer("eth_blockNumber", "'0x5'").start()) {
      for (String where :
          List.of(
              node.socket().toString(),
              "ipc:" + node.socket(),
              folder.toString(),
              node.http(),
              node.webSocket())) {
        try (Remote remote = new Remote(Endpoint.open(where))) {
          for (int i = 0; i < 3; i++) {
            assertThat(call(remote, "eth_blockNumber")).as(where).isEqualTo("\"0x5\"");
          }
          assertThatThrownBy(() -> call(remote, "eth_nothing"))
              .as(where)
              .isInstanceOf(RemoteException.class)
              .hasMessageContaining("eth_nothing");
        }
      }
    }
  }

  @Test
  void aNodeThatComesBackIsFoundAgain() throws Exception {
    Remote remote;
    try (FakeNode node = new FakeNode(folder).answer("eth_blockNumber", "'0x5'").start()) {
      remote = new Remote(Endpoint.open(node.socket().toString()));
      assertThat(call(remote, "eth_blockNumber")).isEqualTo("\"0x5\"");
    }
    assertThatThrownBy(() -> call(remote, "eth_blockNumber")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> call(remote, "eth_blockNumber")).isInstanceOf(IOException.class);
    try (FakeNode node = new FakeNode(folder).answer("eth_blockNumber", "'0x6'").start()) {
      assertThat(call(remote, "eth_blockNumber")).isEqualTo("\"0x6\"");
    }
    remote.close();
  }

  @Test
  void nobodyThere() throws IOException {
    assertThatThrownBy(() -> Endpoint.open(folder.toString()))
        .hasMessageContaining("there is no socket")
        .hasMessageContaining("is the node running");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> Endpoint.open(file.toString())).hasMessageContaining("nobody listens");
    assertThatThrownBy(() -> Endpoint.open(folder.resolve("x".repeat(120)).toString()))
        .hasMessageContaining("longer than a socket's path");
    assertThatThrownBy(() -> Endpoint.open("ftp://localhost")).hasMessageContaining("neither");
    assertThatThrownBy(() -> Endpoint.open("http://:1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Endpoint.open("ws://127.0.0.1:1"))
        .hasMessageContaining("no WebSocket at ws://127.0.0.1:1");
    Remote remote = new Remote(openUnchecked("http://127.0.0.1:1"));
    assertThatThrownBy(() -> call(remote, "eth_blockNumber"))
        .hasMessageContaining("no answer from http://127.0.0.1:1");
    remote.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>no</html>", "", "5", "{\"a\":", "nothing"})
  void aServerOfSomethingElse(String answer) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(403, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try (Remote remote =
        new Remote(Endpoint.open("http://127.0.0.1:" + server.getAddress().getPort()))) {
      assertThatThrownBy(() -> call(remote, "eth_blockNumber"))
          .hasMessageContaining("not JSON-RPC: HTTP 403");
    } finally {
      server.stop(0);
    }
  }

  /** Notifications and answers to earlier requests come in between, in pieces of any size. */
  @Test
  void answersAreToldApart() throws Exception {
    Path path = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      Thread.startVirtualThread(() -> {
        try (SocketChannel client = server.accept()) {
          ByteBuffer request = ByteBuffer.allocate(4096);
          client.read(request);
          String text =
              "{\"method\":\"eth_subscription\"} {\"id\":99,\"result\":1}\n\n"
                  + "{\"id\":1,\"result\":\"}\\\"{ Ξ\"}";
          for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            client.write(ByteBuffer.wrap(new byte[] {each}));
          }
          client.read(request.clear());
          client.write(ByteBuffer.wrap("} rubbish".getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      try (Remote remote = new Remote(Endpoint.open(path.toString()))) {
        assertThat(call(remote, "a")).isEqualTo("\"}\\\"{ Ξ\"");
        assertThatThrownBy(() -> call(remote, "b")).hasMessageContaining("not JSON-RPC");
      }
    }
  }

  @Test
  void anySplitGivesTheSameFrames() throws IOException {
    Random random = new Random(SEED);
    String stream = "{\"a\":[1,{\"b\":\"]}\\\\\"}]}\n[{}]{\"c\":\"\\\"\"}  {}";
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 200; i++) {
      JsonFrames frames = new JsonFrames(1 << 20);
      List<String> found = new ArrayList<>();
      for (int at = 0; at < bytes.length; ) {
        int size = Math.min(1 + random.nextInt(8), bytes.length - at);
        ByteBuffer piece = ByteBuffer.wrap(bytes, at, size);
        while (piece.hasRemaining()) {
          String frame = frames.next(piece);
          if (!frame.isEmpty()) {
            found.add(frame);
          }
        }
        at += size;
      }
      assertThat(found)
          .as("seed %s case %s", SEED, i)
          .containsExactly("{\"a\":[1,{\"b\":\"]}\\\\\"}]}", "[{}]", "{\"c\":\"\\\"\"}", "{}");
    }
    JsonFrames small = new JsonFrames(4);
    assertThatThrownBy(
            () -> small.next(ByteBuffer.wrap("[1,2,3]".getBytes(StandardCharsets.UTF_8))))
        .hasMessageContaining("more than 4 bytes");
  }

  private static Endpoint openUnchecked(String where) {
    try {
      return Endpoint.open(where);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String call(Remote remote, String method) throws Exception {
    return remote.call(method, JsonNodeFactory.instance.arrayNode()).toString();
  }
}
