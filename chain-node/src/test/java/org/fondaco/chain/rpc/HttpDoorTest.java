package org.fondaco.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** HTTP: what it serves, what it refuses, and that bad clients harm no other. */
class HttpDoorTest extends DoorTest {
  @Test
  void answersOverHttp() {
    assertThat(post(call("net_version", "[]")))
        .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"1024\"}");
    assertThat(post(call("web3_sha3", "[\"0x68656c6c6f20776f726c64\"]")))
        .contains("0x47173285a8d7341e5e972fc677286384f802f8ef42a5ec5f03bbfa254cb01fad");
    assertThat(post(call("net_peerCount", "[]"))).contains("\"0x0\"");
    assertThat(post(call("rpc_modules", "[]")))
        .contains("{\"eth\":\"1.0\",\"net\":\"1.0\",\"rpc\":\"1.0\",\"web3\":\"1.0\"}");
  }

  @Test
  void givesBackEveryIdAsItCame() {
    for (String id : new String[] {"7", "\"a\\\"b\"", "null", "1.50", "123456789012345678901"}) {
      assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"net_version\"}"))
          .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"1024\"}");
    }
  }

  @Test
  void errorsHaveTheCodesAndWordsOfGeth() {
    assertThat(post(call("eth_none", "[]")))
        .isEqualTo(error("1", -32601, "the method eth_none does not exist/is not available"));
    assertThat(post(call("personal_secret", "[]")))
        .contains("the method personal_secret does not exist/is not available");
    assertThat(post("{\"id\":1}")).isEqualTo(error("1", -32600, "invalid request"));
    assertThat(post("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"net_version\"}"))
        .isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("17")).isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("null")).isEqualTo(error("null", -32600, "invalid request"));
    assertThat(post("{\"jsonrpc\"")).isEqualTo(error("null", -32700, "parse error"));
    assertThat(post("")).isEqualTo(error("null", -32700, "parse error"));
    assertThat(post(call("eth_echo", "{\"a\":1}"))).isEqualTo(error("1", -32602, "non-array args"));
    assertThat(post(call("eth_echo", "[]")))
        .isEqualTo(error("1", -32602, "missing value for required argument 0"));
    assertThat(post(call("net_version", "[1]")))
        .isEqualTo(error("1", -32602, "too many arguments, want at most 0"));
    assertThat(post(call("eth_crash", "[]")))
        .isEqualTo(error("1", -32603, "method handler crashed"));
    assertThat(post(call("eth_reverts", "[]")))
        .endsWith("{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"}}");
    assertThat(post(call("eth_subscribe", "[\"newHeads\"]")))
        .isEqualTo(error("1", -32601, "notifications not supported"));
  }

  @Test
  void batchesKeepOrderAndLeaveNotificationsUnanswered() {
    String batch =
        "["
            + call("eth_echo", "[1]")
            + ",{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"},5,"
            + call("eth_echo", "[2]")
            + "]";
    assertThat(post(batch))
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":1},"
                + error("null", -32600, "invalid request")
                + ",{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":2}]");
    assertThat(post("[]")).isEqualTo(error("null", -32600, "empty batch"));
    assertThat(post("[{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"}]")).isEmpty();
    assertThat(post("{\"jsonrpc\":\"2.0\",\"method\":\"eth_echo\"}")).isEmpty();
  }

  @Test
  void batchesAreBounded() {
    String ten = "5,".repeat(9_999) + "5";
    assertThat(post("[" + ten + "]"))
        .isEqualTo("[" + error("null", -32600, "batch too large") + "]");
    JsonNode answers =
        Json.MAPPER.readTree(post("[" + (call("eth_large", "[]") + ",").repeat(4) + "1]"));
    assertThat(answers).hasSize(4);
    assertThat(answers.path(2).has("result")).isTrue();
    assertThat(answers.path(3).path("error").path("code").intValue()).isEqualTo(-32003);
    assertThat(answers.path(3).path("error").path("message").stringValue())
        .isEqualTo("response too large");
  }

  @Test
  void refusesWhatIsNoPostOfJson() {
    assertThat(send(request("{}").setHeader("Content-Type", "text/plain")).statusCode())
        .isEqualTo(415);
    assertThat(send(request("{}").method("PUT", BodyPublishers.ofString("{}"))).statusCode())
        .isEqualTo(405);
    assertThat(send(request("").GET()).statusCode()).isEqualTo(200);
    HttpResponse<String> large = send(request(" ".repeat(70_000)));
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("content length too large (70000>65536)");
    assertThat(
            send(request("{}").setHeader("Content-Type", "application/json; charset=utf-8"))
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void aBodyWithoutLengthIsBoundedToo() {
    byte[] body = " ".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder chunked =
        request("")
            .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)));
    assertThat(send(chunked).statusCode()).isEqualTo(413);
  }

  @Test
  void knowsItsHostsAndPages() throws IOException {
    assertThat(raw("POST / HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 403 ");
    assertThat(raw("POST / HTTP/1.1\r\nHost: localhost:8545\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 415 ");
    assertThat(raw("POST / HTTP/1.1\r\nHost: [::1]:8545\r\nContent-Length: 0\r\n\r\n"))
        .contains(" 415 ");
    HttpResponse<String> mine =
        send(request(call("net_version", "[]")).header("Origin", "https://wallet.example"));
    assertThat(mine.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://wallet.example");
    HttpResponse<String> other =
        send(request(call("net_version", "[]")).header("Origin", "https://evil.example"));
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    HttpResponse<String> preflight =
        send(
            request("")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://wallet.example")
                .header("Access-Control-Request-Headers", "content-type"));
    assertThat(preflight.statusCode()).isEqualTo(204);
    assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
        .hasValue("content-type");
  }

  private String raw(String text) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.httpPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new BufferedReader(new java.io.InputStreamReader(socket.getInputStream(), "UTF-8"))
          .readLine();
    }
  }

  @Test
  void depthAndLengthBombsAreParseErrors() {
    String parseError = error("null", -32700, "parse error");
    assertThat(post("[".repeat(60_000))).isEqualTo(parseError);
    assertThat(post("{\"a\":".repeat(9_000))).isEqualTo(parseError);
    assertThat(post("[".repeat(5_000) + "]".repeat(5_000))).isEqualTo(parseError);
    assertThat(post("9".repeat(60_000))).isEqualTo(parseError);
    assertThat(post("{\"id\":1e" + "9".repeat(500) + "}")).isEqualTo(parseError);
  }

  @Test
  void anyBytesAreAnsweredAndHarmNothing() {
    long seed = 4;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String valid = "[" + call("eth_echo", "[{\"a\":[1,2,\"x\"]}]") + "," + call("x_y", "[]") + "]";
    for (int i = 0; i < 400; i++) {
      byte[] bytes = valid.getBytes(StandardCharsets.UTF_8);
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      HttpResponse<String> response = send(request("").POST(BodyPublishers.ofByteArray(bytes)));
      assertThat(response.statusCode()).isEqualTo(200);
      if (!response.body().isEmpty()) {
        assertThat(Json.MAPPER.readTree(response.body()).isContainer()).isTrue();
      }
    }
    assertThat(post(call("net_version", "[]"))).contains("1024");
  }

  @Test
  void halfOpenConnectionsHoldNobodyUp() throws IOException {
    Socket[] sockets = new Socket[32];
    try {
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = new Socket("127.0.0.1", server.httpPort());
        OutputStream out = sockets[i].getOutputStream();
        out.write(
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
      }
      assertThat(post(call("net_version", "[]"))).contains("1024");
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
