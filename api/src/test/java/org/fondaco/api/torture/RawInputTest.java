package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no HTTP library would send: every answer is a refusal, and the venue goes on. */
class RawInputTest {
  private static final int ANSWER_MILLIS_MAX = 10_000;
  private static final int SLOW_CONNECTIONS = 200;

  @TempDir static Path temporary;
  private static VenueProcess venue;

  @BeforeAll
  static void start() throws Exception {
    venue = VenueProcess.start(DemoFolder.at(temporary.resolve("data")), Map.of()).awaitReady();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @Test
  void malformedHttpIsRefused() throws Exception {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("garbage", "\u0000\u0001\u0002 nonsense\r\n\r\n");
    requests.put("no version", "GET /api/v3/order\r\n\r\n");
    requests.put("another protocol", "GET /api/v3/order SIP/2.0\r\nHost: x\r\n\r\n");
    requests.put("no host", "GET /api/v3/order HTTP/1.1\r\n\r\n");
    requests.put("unknown method", "FROBNICATE /api/v3/order HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put("space in header", "GET /api/v3/order HTTP/1.1\r\nHost : x\r\n\r\n");
    requests.put("folded header", "GET /api/v3/order HTTP/1.1\r\nHost: x\r\n y\r\n\r\n");
    requests.put("length below zero", post("Content-Length: -1\r\n", "x"));
    requests.put("length no number", post("Content-Length: 1e3\r\n", "x"));
    requests.put("length overflows", post("Content-Length: 99999999999999999999\r\n", "x"));
    requests.put("two lengths", post("Content-Length: 1\r\nContent-Length: 2\r\n", "xy"));
    requests.put(
        "length and chunks",
        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"));
    requests.put("broken chunk", post("Transfer-Encoding: chunked\r\n", "zz\r\nxy\r\n0\r\n\r\n"));
    requests.put("null in path", "GET /api/v3/or%00der HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put("broken escape in path", "GET /api/v3/%zz HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put(
        "broken escape in query", "GET /api/v3/depth?symbol=%z HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put("path upwards", "GET /api/v3/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put(
        "long path", "GET /api/v3/" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    requests.put(
        "long header",
        "GET /api/v3/order HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(100_000) + "\r\n\r\n");
    requests.put(
        "many headers",
        "GET /api/v3/order HTTP/1.1\r\nHost: x\r\n" + "X-A: b\r\n".repeat(20_000) + "\r\n");
    requests.put("huge body", post("Content-Length: 1000000\r\n", "a".repeat(1_000_000)));
    requests.put(
        "huge chunk",
        post(
            "Transfer-Encoding: chunked\r\n",
            "f4240\r\n" + "a".repeat(1_000_000) + "\r\n0\r\n\r\n"));
    requests.put(
        "json body", post("Content-Type: application/json\r\nContent-Length: 2\r\n", "{}"));
    for (Map.Entry<String, String> request : requests.entrySet()) {
      String answer = exchange(request.getValue());
      assertThat(answer).as(request.getKey()).matches("(?s)(HTTP/1\\.1 4\\d\\d .*)?");
      assertThat(answer).as(request.getKey()).doesNotContain("Exception", "\tat ");
    }
    requireUnharmed();
  }

  @Test
  void slowSendersKeepNobodyElseWaiting() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < SLOW_CONNECTIONS; i++) {
        Socket socket = new Socket("127.0.0.1", venue.port());
        slow.add(socket);
        String begun =
            i % 2 == 0
                ? post("Content-Length: 60000\r\n", "symbol=")
                : "GET /api/v3/ping HTTP/1.1\r\nHo";
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.ISO_8859_1));
      }
      long began = System.nanoTime();
      requireUnharmed();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    requireUnharmed();
  }

  @Test
  void numbersThatAreNoneAreRefused() throws Exception {
    TradingClient alice = venue.users().client("alice");
    List<String> numbers =
        List.of(
            "NaN",
            "Infinity",
            "1e5",
            "1E-2",
            "-1",
            "%2B1",
            "0",
            "0.0",
            ".5",
            "5.",
            "1..0",
            "1,5",
            "0x10",
            "1_000",
            "%201",
            "1%00",
            "%D9%A1",
            "%EF%BC%91",
            "null",
            "9".repeat(40),
            "0." + "1".repeat(40),
            "9223372036854775808",
            "92233720368547758.07",
            "0.000000001");
    for (String number : numbers) {
      for (String parameter : List.of("quantity", "price")) {
        String other = parameter.equals("quantity") ? "price=63000" : "quantity=0.01";
        Reply reply =
            alice.signed(
                "POST",
                "/api/v3/order",
                "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&%s&%s=%s"
                    .formatted(other, parameter, number));
        assertThat(reply.status()).as("%s=%s: %s", parameter, number, reply.body()).isEqualTo(400);
        assertThat(reply.code()).as("%s=%s", parameter, number).isLessThan(-1_000);
      }
    }
    assertThat(alice.signed("GET", "/api/v3/openOrders", "").expectOk().body().size()).isZero();
  }

  private static void requireUnharmed() throws Exception {
    assertThat(TradingClient.anonymous(venue.baseUrl()).get("/api/v3/ping", "").status())
        .isEqualTo(200);
    TradingClient bob = venue.users().client("bob");
    Reply order =
        bob.signed(
                "POST",
                "/api/v3/order",
                "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=IOC&quantity=1&price=3000")
            .expectOk();
    assertThat(order.body().get("status").asString()).isEqualTo("EXPIRED");
  }

  private static String post(String headers, String body) {
    return "POST /api/v3/order HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
  }

  /** Everything answered before the connection ends; empty when it just ends. */
  private static String exchange(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", venue.port())) {
      socket.setSoTimeout(ANSWER_MILLIS_MAX);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        socket.getInputStream().transferTo(answer);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("neither answered nor closed: " + answer, e);
      } catch (IOException closed) {
        // The venue need not read what it refuses to the end.
      }
      return answer.toString(StandardCharsets.ISO_8859_1);
    }
  }
}
