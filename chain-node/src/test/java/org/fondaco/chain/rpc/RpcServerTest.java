package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The doors together, and the local socket. */
class RpcServerTest extends DoorTest {
  @Test
  void onePortServesBothHttpAndWebSocket() throws Exception {
    int port = server.httpPort();
    server.stopHttp();
    RpcConfig both =
        new RpcConfig(RpcConfig.Http.local(port), RpcConfig.WebSocket.local(port), null, LIMITS);
    try (RpcServer second = RpcServer.start(both, methods)) {
      assertThat(second.httpPort()).isEqualTo(port).isEqualTo(second.webSocketPort());
      URI address = URI.create("http://127.0.0.1:" + port);
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(call("net_version", "[]")))
              .build();
      assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("1024");
      Heard heard = new Heard();
      client
          .newWebSocketBuilder()
          .buildAsync(URI.create("ws://127.0.0.1:" + port), heard)
          .join()
          .sendText(call("net_version", "[]"), true)
          .join();
      assertThat(heard.next()).contains("1024");
    }
  }

  @Test
  void largeMessagesAreTakenAFewAtATime() throws Exception {
    RpcConfig.Limits large =
        new RpcConfig.Limits(5 << 20, 4 << 20, 1_000, 100_000, 8 << 20, 64, 10_000);
    RpcConfig config =
        new RpcConfig(RpcConfig.Http.local(0), RpcConfig.WebSocket.local(0), null, large);
    try (RpcServer second = RpcServer.start(config, methods)) {
      String text = call("eth_echo", "[\"" + "y".repeat(1 << 20) + "\"]");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.httpPort()))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(text))
              .build();
      var answers =
          java.util.stream.IntStream.range(0, 20)
              .mapToObj(i -> client.sendAsync(request, BodyHandlers.ofString()))
              .toList();
      for (var answer : answers) {
        assertThat(answer.join().body()).hasSizeGreaterThan(1 << 20);
      }
      Heard heard = new Heard();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + second.webSocketPort()), heard)
              .join();
      for (int i = 0; i < 3; i++) {
        socket.sendText(text, true).join();
        assertThat(heard.next()).hasSizeGreaterThan(1 << 20);
      }
    }
  }

  @Test
  void doorsOpenAndShutOneByOne() throws IOException {
    assertThat(server.stopHttp()).isTrue();
    assertThat(server.stopHttp()).isFalse();
    assertThat(server.httpPort()).isEqualTo(-1);
    server.startHttp(RpcConfig.Http.local(0));
    assertThat(post(call("net_version", "[]"))).contains("1024");
    assertThatThrownBy(() -> server.startHttp(RpcConfig.Http.local(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("already running");
    server.close();
    assertThat(folder.resolve("fondaco.ipc")).doesNotExist();
  }

  @Test
  void aTakenPortAndALongPathAreSaidClearly() {
    RpcConfig.Http taken = RpcConfig.Http.local(server.httpPort());
    assertThatThrownBy(() -> RpcServer.start(new RpcConfig(taken, null, null, LIMITS), methods))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.httpPort());
    Path path = folder.resolve("x".repeat(120));
    assertThatThrownBy(() -> RpcServer.start(new RpcConfig(null, null, path, LIMITS), methods))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 107");
  }
}
