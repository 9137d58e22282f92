package org.fondaco.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.socket.RawSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The streams of trades and of the book, over real sockets, and their control messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsTest {
  private static final String ORDER =
      "symbol=%s&side=%s&type=LIMIT&timeInForce=GTC&quantity=%s&price=%s";

  private TestVenue venue;
  private ApiClient alice;
  private ApiClient bob;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    venue = TestVenue.start(data, "FONDACO_SOCKETS_PER_FIVE_MINUTES", "10000").seed();
    alice = venue.client(TestVenue.ALICE);
    bob = venue.client(TestVenue.BOB);
  }

  @AfterAll
  void stop() {
    venue.close();
  }

  private long order(ApiClient trader, String symbol, String side, String quantity, String price) {
    ApiClient.Reply reply =
        trader.signed("POST", "/api/v3/order", ORDER.formatted(symbol, side, quantity, price));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().path("orderId").asLong();
  }

  private void cancel(ApiClient trader, String symbol, long orderId) {
    String parameters = "symbol=" + symbol + "&orderId=" + orderId;
    assertThat(trader.signed("DELETE", "/api/v3/order", parameters).status()).isEqualTo(200);
  }

  @Test
  void aTradeIsToldRawCombinedAndInMicroseconds() throws Exception {
    try (StreamClient raw = new StreamClient(venue, "/ws/btcusdt@trade");
        StreamClient micros =
            new StreamClient(venue, "/stream?streams=btcusdt@trade&timeUnit=MICROSECOND")) {
      order(bob, "BTCUSDT", "SELL", "0.5", "50000");
      order(alice, "BTCUSDT", "BUY", "0.5", "50000");
      JsonNode trade = raw.next();
      assertThat(StreamClient.names(trade)).containsExactly("e E s t p q T m M".split(" "));
      assertThat(trade.path("e").asString()).isEqualTo("trade");
      assertThat(trade.path("s").asString()).isEqualTo("BTCUSDT");
      assertThat(trade.path("p").asString()).isEqualTo("50000.00000000");
      assertThat(trade.path("q").asString()).isEqualTo("0.50000000");
      assertThat(trade.path("m").asBoolean()).isFalse();
      JsonNode wrapped = micros.next();
      assertThat(StreamClient.names(wrapped)).containsExactly("stream", "data");
      assertThat(wrapped.path("stream").asString()).isEqualTo("btcusdt@trade");
      assertThat(wrapped.path("data").path("t")).isEqualTo(trade.path("t"));
      assertThat(wrapped.path("data").path("T").asLong() / 1_000)
          .isEqualTo(trade.path("T").asLong());
    }
  }

  @Test
  void theBookIsToldInDifferencesInPartAndInItsBestPrices() throws Exception {
    try (StreamClient depth = new StreamClient(venue, "/ws/ethusdt@depth@100ms");
        StreamClient slow = new StreamClient(venue, "/ws/ethusdt@depth");
        StreamClient partial = new StreamClient(venue, "/ws/ethusdt@depth5@100ms");
        StreamClient best = new StreamClient(venue, "/ws/ethusdt@bookTicker")) {
      assertThat(best.text())
          .isEqualTo(
              "{\"u\":0,\"s\":\"ETHUSDT\",\"b\":\"0.00000000\",\"B\":\"0.00000000\","
                  + "\"a\":\"0.00000000\",\"A\":\"0.00000000\"}");
      long first = order(alice, "ETHUSDT", "BUY", "1", "3000");
      JsonNode told = depth.next();
      assertThat(StreamClient.names(told)).containsExactly("e E s U u b a".split(" "));
      assertThat(told.path("e").asString()).isEqualTo("depthUpdate");
      assertThat(told.path("U").asLong()).isEqualTo(1);
      assertThat(told.path("u").asLong()).isEqualTo(1);
      assertThat(told.path("b").toString()).isEqualTo("[[\"3000.00000000\",\"1.00000000\"]]");
      assertThat(told.path("a").toString()).isEqualTo("[]");
      assertThat(slow.next().path("u").asLong()).isEqualTo(1);
      assertThat(best.text())
          .isEqualTo(
              "{\"u\":1,\"s\":\"ETHUSDT\",\"b\":\"3000.00000000\",\"B\":\"1.00000000\","
                  + "\"a\":\"0.00000000\",\"A\":\"0.00000000\"}");
      JsonNode top = partial.next(message -> message.path("lastUpdateId").asLong() == 1);
      assertThat(top.toString())
          .isEqualTo(
              "{\"lastUpdateId\":1,\"bids\":[[\"3000.00000000\",\"1.00000000\"]],\"asks\":[]}");
      order(alice, "ETHUSDT", "BUY", "2", "2999");
      cancel(alice, "ETHUSDT", first);
      assertThat(best.next().path("u").asLong()).isEqualTo(3);
      JsonNode then = depth.next();
      while (then.path("u").asLong() < 3) {
        then = depth.next();
      }
      assertThat(then.path("b").toString()).contains("[\"3000.00000000\",\"0.00000000\"]");
      JsonNode rest = bob.open("/api/v3/depth?symbol=ETHUSDT").json();
      assertThat(rest.path("lastUpdateId").asLong()).isEqualTo(3);
      assertThat(rest.path("bids").toString()).isEqualTo("[[\"2999.00000000\",\"2.00000000\"]]");
    }
  }

  /** While nobody listens nothing is published, which is no loss for whoever comes next. */
  @Test
  void whoComesAfterAPauseIsNotDisconnected() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (StreamClient client =
          new StreamClient(venue, "/stream?streams=ethusdt@aggTrade/ethusdt@depth@100ms")) {
        long resting = order(alice, "ETHUSDT", "BUY", "1", "2500");
        JsonNode told = client.next();
        long update = told.path("data").path("U").asLong();
        assertThat(told.path("stream").asString()).isEqualTo("ethusdt@depth@100ms");
        cancel(alice, "ETHUSDT", resting);
        JsonNode next = client.next();
        assertThat(next.path("data").path("U").asLong()).isEqualTo(update + 1);
      }
      long unheard = order(alice, "ETHUSDT", "BUY", "1", "2500");
      cancel(alice, "ETHUSDT", unheard);
    }
  }

  @Test
  void whatTradesAddUpToIsTold() throws Exception {
    String streams =
        "btcusdt@aggTrade/btcusdt@kline_1s/btcusdt@kline_1M/btcusdt@kline_1d@+08:00/btcusdt@ticker"
            + "/btcusdt@ticker_1h/btcusdt@miniTicker/btcusdt@avgPrice/!ticker@arr/!miniTicker@arr"
            + "/!ticker_4h@arr";
    try (StreamClient client = new StreamClient(venue, "/stream?streams=" + streams)) {
      order(bob, "BTCUSDT", "SELL", "0.1", "50003");
      order(bob, "BTCUSDT", "SELL", "0.1", "50003");
      order(alice, "BTCUSDT", "BUY", "0.2", "50003");
      Map<String, JsonNode> first = new HashMap<>();
      JsonNode closed = null;
      while (first.size() < 11 || closed == null) {
        JsonNode message = client.next();
        JsonNode event = message.path("data");
        boolean kline = event.path("e").asString().equals("kline");
        if (kline && event.path("k").path("x").asBoolean() && closed == null) {
          closed = event.path("k");
        } else if (!kline
            || event.path("k").path("i").asString().equals("1s")
            || event.path("k").path("n").asLong() > 0) {
          first.putIfAbsent(message.path("stream").asString(), event);
        }
      }
      assertThat(closed.path("i").asString()).isEqualTo("1s");
      assertThat(closed.path("T").asLong() - closed.path("t").asLong()).isEqualTo(999);
      JsonNode aggregate = told(first, "btcusdt@aggTrade");
      assertFields(aggregate, "e E s a p q f l T m M");
      assertThat(aggregate.path("q").asString()).isEqualTo("0.20000000");
      assertThat(aggregate.path("l").asLong() - aggregate.path("f").asLong()).isEqualTo(1);
      assertFields(told(first, "btcusdt@kline_1M"), "e E s k");
      assertFields(told(first, "btcusdt@kline_1M").path("k"), "t T s i f L o c h l v n x q V Q B");
      JsonNode day = told(first, "btcusdt@kline_1d@+08:00").path("k");
      assertThat(day.path("t").asLong() % 86_400_000).isEqualTo(16 * 3_600_000);
      assertFields(told(first, "btcusdt@ticker"), "e E s p P w x c Q b B a A o h l v q O C F L n");
      assertFields(told(first, "btcusdt@ticker_1h"), "e E s p P o h l c w v q O C F L n");
      assertThat(told(first, "btcusdt@ticker_1h").path("e").asString()).isEqualTo("1hTicker");
      assertThat(told(first, "btcusdt@ticker_1h").path("O").asLong() % 60_000).isZero();
      assertFields(told(first, "btcusdt@miniTicker"), "e E s c o h l v q");
      assertFields(told(first, "btcusdt@avgPrice"), "e E s i w T");
      for (String all : new String[] {"!ticker@arr", "!miniTicker@arr", "!ticker_4h@arr"}) {
        assertThat(told(first, all).isArray()).isTrue();
        assertThat(told(first, all).path(0).path("s").asString()).isEqualTo("BTCUSDT");
      }
    }
  }

  private static JsonNode told(Map<String, JsonNode> first, String stream) {
    return Objects.requireNonNull(first.get(stream), stream);
  }

  private static void assertFields(JsonNode event, String fields) {
    assertThat(StreamClient.names(event)).containsExactly(fields.split(" "));
  }

  @Test
  void subscriptionsComeAndGoLive() throws Exception {
    try (StreamClient client = new StreamClient(venue, "/ws/0")) {
      assertThat(
              client.ask(
                  "{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\",\"xyz@nothing\"],\"id\":1}"))
          .isEqualTo("{\"result\":null,\"id\":1}");
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":\"a-Z_9\"}"))
          .isEqualTo("{\"result\":[\"0\",\"btcusdt@trade\",\"xyz@nothing\"],\"id\":\"a-Z_9\"}");
      assertThat(client.ask("{\"id\":null,\"method\":\"GET_PROPERTY\",\"params\":[\"combined\"]}"))
          .isEqualTo("{\"result\":false,\"id\":null}");
      assertThat(
              client.ask(
                  "{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",true],\"id\":-9223372036854775808}"))
          .isEqualTo("{\"result\":null,\"id\":-9223372036854775808}");
      order(bob, "BTCUSDT", "SELL", "0.1", "50001");
      order(alice, "BTCUSDT", "BUY", "0.1", "50001");
      assertThat(client.next().path("stream").asString()).isEqualTo("btcusdt@trade");
      assertThat(client.ask("{\"method\":\"UNSUBSCRIBE\",\"params\":[\"btcusdt@trade\"],\"id\":2}"))
          .isEqualTo("{\"result\":null,\"id\":2}");
    }
    try (StreamClient client = new StreamClient(venue, "/stream?streams=btcusdt@trade")) {
      order(bob, "BTCUSDT", "SELL", "0.1", "50002");
      order(alice, "BTCUSDT", "BUY", "0.1", "50002");
      assertThat(client.next().path("data").path("p").asString()).isEqualTo("50002.00000000");
    }
  }

  @Test
  void badRequestsAreAnsweredAsDocumented() throws Exception {
    String request = "{\"error\":{\"code\":2,\"msg\":\"Invalid request: %s\"}%s}";
    String variants =
        "expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`, `SET_PROPERTY`,"
            + " `GET_PROPERTY`";
    try (StreamClient client = new StreamClient(venue, "/ws")) {
      assertThat(client.ask("{\"method\": \"SUSCRIBE\",\"id\":7}"))
          .isEqualTo(
              request.formatted(
                  "unknown variant `SUSCRIBE`, " + variants + " at line 1 column 21", ",\"id\":7"));
      assertThat(client.ask("{\"id\":7}"))
          .isEqualTo(request.formatted("missing field `method` at line 1 column 8", ",\"id\":7"));
      assertThat(client.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@trade\"]}"))
          .isEqualTo(request.formatted("request ID must be an unsigned integer", ""));
    }
    try (StreamClient client = new StreamClient(venue, "/ws")) {
      assertThat(client.ask("{\"method\":\"GET_PROPERTY\",\"params\":[1],\"id\":1}"))
          .isEqualTo(request.formatted("property name must be a string", ",\"id\":1"));
      assertThat(client.ask("{\"method\":\"GET_PROPERTY\",\"params\":[\"x\"],\"id\":1}"))
          .isEqualTo("{\"error\":{\"code\":0,\"msg\":\"Unknown property\"},\"id\":1}");
      assertThat(client.ask("{\"method\":\"SET_PROPERTY\",\"params\":[\"combined\",1],\"id\":1}"))
          .isEqualTo(
              "{\"error\":{\"code\":1,\"msg\":\"Invalid value type: expected Boolean\"},\"id\":1}");
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"params\":[\"x\"],\"id\":1}"))
          .isEqualTo(request.formatted("too many parameters", ",\"id\":1"));
      assertThat(client.ask("{\"method\":\"SUBSCRIBE\",\"params\":[\"no stream\"],\"id\":1}"))
          .isEqualTo(request.formatted("invalid stream", ",\"id\":1"));
    }
    for (String text :
        new String[] {"", "{", "hello", "{\"method\":}", "{\"id\":1} x", "{\"id\":01}", "\u0000"}) {
      try (StreamClient client = new StreamClient(venue, "/ws")) {
        client.socket.sendText(text);
        assertThat(client.text())
            .matches(
                "\\{\"error\":\\{\"code\":3,\"msg\":\"Invalid JSON: expected value at line 1 column"
                    + " \\d+\"}}");
      }
    }
    for (String id : new String[] {"1.5", "9223372036854775808", "\"ä\"", "[]", "true", "\"\""}) {
      try (StreamClient client = new StreamClient(venue, "/ws")) {
        assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":" + id + "}"))
            .isEqualTo(request.formatted("request ID must be an unsigned integer", ""));
      }
    }
  }

  @Test
  void tooManySubscriptionsAreRefusedWhole() throws Exception {
    try (StreamClient client = new StreamClient(venue, "/ws")) {
      assertThat(client.ask(subscribe(1_025)))
          .isEqualTo(
              "{\"error\":{\"code\":2,\"msg\":\"Invalid request: too many streams, a connection can"
                  + " listen to at most 1024\"},\"id\":1}");
      assertThat(client.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":2}"))
          .isEqualTo("{\"result\":[],\"id\":2}");
      assertThat(client.ask(subscribe(1_024))).isEqualTo("{\"result\":null,\"id\":1}");
    }
    try (StreamClient client = new StreamClient(venue, "/ws")) {
      try {
        client.socket.sendText(subscribe(10_000));
      } catch (SocketException e) {
        // its head says the length: the venue need not wait for the rest
      }
      assertThat(client.socket.closeCode()).isEqualTo(1009);
    }
  }

  private static String subscribe(int streams) {
    StringBuilder request = new StringBuilder("{\"method\":\"SUBSCRIBE\",\"id\":1,\"params\":[");
    for (int i = 0; i < streams; i++) {
      request.append(i == 0 ? "" : ",").append("\"s").append(i).append("usdt@bookTicker\"");
    }
    return request.append("]}").toString();
  }

  @Test
  void addressesThatCannotBeMeantAreRefused() throws Exception {
    int port = venue.venue().address().getPort();
    for (String target :
        new String[] {"/ws/a%20b", "/ws/x?timeUnit=HOUR", "/ws/" + "x".repeat(200)}) {
      try (RawSocket socket = new RawSocket(port, target)) {
        assertThat(socket.status()).as(target).startsWith("HTTP/1.1 404");
      }
    }
  }
}
