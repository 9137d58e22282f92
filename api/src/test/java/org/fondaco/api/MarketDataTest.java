package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.OrderJourneyTest.names;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.ApiClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Market data over HTTP: shapes, refusals, weights, and never behind what a client was told. */
class MarketDataTest {
  private static final List<String> MINI =
      List.of(
          "symbol",
          "openPrice",
          "highPrice",
          "lowPrice",
          "lastPrice",
          "volume",
          "quoteVolume",
          "openTime",
          "closeTime",
          "firstId",
          "lastId",
          "count");
  private static final List<String> QUESTIONS =
      List.of(
          "klines?symbol=BTCUSDT&interval=1s&limit=1000&endTime=",
          "klines?symbol=BTCUSDT&interval=1m&startTime=0&endTime=",
          "klines?symbol=BTCUSDT&interval=1M&timeZone=8&endTime=",
          "aggTrades?symbol=BTCUSDT&endTime=",
          "aggTrades?symbol=ETHUSDT&endTime=");

  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiClient alice;
  private static ApiClient bob;
  private static int trades;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data.resolve("shared")).seed();
    alice = venue.client(TestVenue.ALICE);
    bob = venue.client(TestVenue.BOB);
    trade(alice, bob, "100");
    trade(alice, bob, "110");
    trade(alice, bob, "99");
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  /** Bob lays two orders, alice takes them: two trades, one aggregate. */
  private static void trade(ApiClient buyer, ApiClient seller, String price) {
    place(seller, "SELL", "0.1", price);
    place(seller, "SELL", "0.2", price);
    place(buyer, "BUY", "0.3", price);
    trades += 2;
  }

  private static void place(ApiClient client, String side, String quantity, String price) {
    Reply reply =
        client.signed(
            "POST",
            "/api/v3/order",
            "symbol=BTCUSDT&type=LIMIT&timeInForce=GTC&side=%s&quantity=%s&price=%s"
                .formatted(side, quantity, price));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
  }

  private static JsonNode get(ApiClient client, String question) {
    Reply reply = client.open("/api/v3/" + question);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  @Test
  void answersNeverLagBehindATradeThatTheClientWasToldOf() {
    for (int i = 0; i < 40; i++) {
      trade(alice, bob, "101");
      assertThat(get(alice, "ticker/24hr?symbol=BTCUSDT").path("count").asInt()).isEqualTo(trades);
      assertThat(get(alice, "ticker?symbol=BTCUSDT").path("count").asInt()).isEqualTo(trades);
      int sum = 0;
      for (JsonNode kline : get(alice, "klines?symbol=BTCUSDT&interval=1m")) {
        sum += kline.path(8).asInt();
      }
      assertThat(sum).isEqualTo(trades);
      JsonNode last = get(alice, "aggTrades?symbol=BTCUSDT&limit=1").path(0);
      assertThat(last.path("a").asInt()).isEqualTo(trades / 2 - 1);
      assertThat(last.path("f").asInt()).isEqualTo(trades - 2);
      assertThat(last.path("l").asInt()).isEqualTo(trades - 1);
      assertThat(last.path("q").asString()).isEqualTo("0.30000000");
      assertThat(get(alice, "historicalTrades?symbol=BTCUSDT&fromId=" + (trades - 1)).size())
          .isEqualTo(1);
    }
  }

  @Test
  void tellsKlinesInBinancesShape() {
    JsonNode klines = get(alice, "klines?symbol=BTCUSDT&interval=1d");
    assertThat(klines.size()).isBetween(1, 2);
    JsonNode kline = klines.path(0);
    assertThat(kline.size()).isEqualTo(12);
    assertThat(kline.path(6).asLong() - kline.path(0).asLong()).isEqualTo(86_399_999);
    assertThat(kline.path(1).asString()).isEqualTo("100.00000000");
    assertThat(kline.path(2).asString()).isEqualTo("110.00000000");
    assertThat(kline.path(3).asString()).isEqualTo("99.00000000");
    assertThat(kline.path(8).isIntegralNumber()).isTrue();
    assertThat(kline.path(9)).isEqualTo(kline.path(5));
    assertThat(kline.path(11).asString()).isEqualTo("0");
    assertThat(alice.open("/api/v3/uiKlines?symbol=BTCUSDT&interval=1d&endTime=1").text())
        .isEqualTo("[]");
    assertThat(alice.open("/api/v3/klines?symbol=ETHUSDT&interval=1d&startTime=0").text())
        .isEqualTo("[]");
  }

  @Test
  void tellsTickersInBinancesShape() {
    List<String> full = new ArrayList<>(MINI);
    full.addAll(1, List.of("priceChange", "priceChangePercent", "weightedAvgPrice"));
    assertThat(names(get(alice, "ticker?symbol=BTCUSDT&windowSize=7d"))).isEqualTo(full);
    assertThat(names(get(alice, "ticker/tradingDay?symbol=BTCUSDT&timeZone=-3:30")))
        .isEqualTo(full);
    for (String path : List.of("ticker/24hr", "ticker/tradingDay", "ticker")) {
      assertThat(names(get(alice, path + "?symbol=BTCUSDT&type=MINI"))).isEqualTo(MINI);
      JsonNode two = get(alice, path + "?type=MINI&symbols=%5B%22ETHUSDT%22,%22BTCUSDT%22%5D");
      assertThat(two.findValuesAsString("symbol")).containsExactly("ETHUSDT", "BTCUSDT");
      JsonNode status = get(alice, path + "?symbols=%5B%22ETHUSDT%22%5D&symbolStatus=HALT");
      assertThat(status.toString()).isEqualTo("[]");
    }
    assertThat(names(get(alice, "ticker/24hr?symbol=BTCUSDT")))
        .containsExactly(
            "symbol",
            "priceChange",
            "priceChangePercent",
            "weightedAvgPrice",
            "prevClosePrice",
            "lastPrice",
            "lastQty",
            "bidPrice",
            "bidQty",
            "askPrice",
            "askQty",
            "openPrice",
            "highPrice",
            "lowPrice",
            "volume",
            "quoteVolume",
            "openTime",
            "closeTime",
            "firstId",
            "lastId",
            "count");
    assertThat(get(alice, "ticker/24hr").size()).isEqualTo(2);
  }

  @Test
  void tellsAverageAndAggregatesInBinancesShape() {
    JsonNode average = get(alice, "avgPrice?symbol=BTCUSDT");
    assertThat(names(average)).containsExactly("mins", "price", "closeTime");
    assertThat(average.path("mins").asInt()).isEqualTo(5);
    assertThat(names(get(alice, "aggTrades?symbol=BTCUSDT").path(0)))
        .containsExactly("a", "p", "q", "f", "l", "T", "m", "M");
    assertThat(names(get(alice, "historicalTrades?symbol=BTCUSDT").path(0)))
        .containsExactly("id", "price", "qty", "quoteQty", "time", "isBuyerMaker", "isBestMatch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "klines?symbol=BTCUSDT|-1102|Mandatory parameter 'interval' was not sent, was empty/null, or malformed.",
        "klines?symbol=BTCUSDT&interval=1y|-1120|Invalid interval.",
        "klines?symbol=BTCUSDT&interval=1H|-1120|Invalid interval.",
        "klines?symbol=NOPE&interval=1m|-1121|Invalid symbol.",
        "klines?symbol=BTCUSDT&interval=1m&limit=0|-1130|Data sent for parameter 'limit' is not valid.",
        "klines?symbol=BTCUSDT&interval=1m&limit=99999999999|-1108|Parameter 'limit' overflowed.",
        "klines?symbol=BTCUSDT&interval=1m&startTime=2&endTime=1|-1128|Combination of optional parameters invalid.",
        "klines?symbol=BTCUSDT&interval=1m&startTime=-1|-1100|Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.",
        "klines?symbol=BTCUSDT&interval=1m&startTime=9223372036854775807|-1108|Parameter 'startTime' overflowed.",
        "klines?symbol=BTCUSDT&interval=1m&timeZone=14:01|-1130|Data sent for parameter 'timeZone' is not valid.",
        "klines?symbol=BTCUSDT&interval=1m&timeZone=-12:01|-1130|Data sent for parameter 'timeZone' is not valid.",
        "klines?symbol=BTCUSDT&interval=1m&timeZone=5:60|-1130|Data sent for parameter 'timeZone' is not valid.",
        "klines?symbol=BTCUSDT&interval=1m&timeZone=UTC|-1130|Data sent for parameter 'timeZone' is not valid.",
        "klines?symbol=BTCUSDT&interval=1m&timeZone=|-1105|Parameter 'timeZone' was empty.",
        "uiKlines?symbol=BTCUSDT&interval=2m|-1120|Invalid interval.",
        "aggTrades?symbol=BTCUSDT&fromId=1&startTime=1|-1128|Combination of optional parameters invalid.",
        "aggTrades?symbol=BTCUSDT&startTime=2&endTime=1|-1128|Combination of optional parameters invalid.",
        "aggTrades?symbol=BTCUSDT&fromId=-1|-1100|Illegal characters found in parameter 'fromId'; legal range is '^[0-9]{1,20}$'.",
        "historicalTrades|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
        "historicalTrades?symbol=BTCUSDT&limit=0|-1130|Data sent for parameter 'limit' is not valid.",
        "ticker|-1102|Param 'symbol' or 'symbols' must be sent, but both were empty/null!",
        "ticker/tradingDay|-1102|Param 'symbol' or 'symbols' must be sent, but both were empty/null!",
        "ticker?symbol=BTCUSDT&windowSize=60m|-1130|Data sent for parameter 'windowSize' is not valid.",
        "ticker?symbol=BTCUSDT&windowSize=24h|-1130|Data sent for parameter 'windowSize' is not valid.",
        "ticker?symbol=BTCUSDT&windowSize=8d|-1130|Data sent for parameter 'windowSize' is not valid.",
        "ticker?symbol=BTCUSDT&windowSize=0m|-1130|Data sent for parameter 'windowSize' is not valid.",
        "ticker?symbol=BTCUSDT&windowSize=1d2h|-1130|Data sent for parameter 'windowSize' is not valid.",
        "ticker?symbol=BTCUSDT&type=full|-1139|Invalid ticker type.",
        "ticker/24hr?symbol=BTCUSDT&type=HUGE|-1139|Invalid ticker type.",
        "ticker/24hr?symbol=BTCUSDT&symbolStatus=HALT|-1220|The symbol's status does not match the requested symbolStatus.",
        "ticker/price?symbol=BTCUSDT&symbolStatus=BREAK|-1220|The symbol's status does not match the requested symbolStatus.",
        "depth?symbol=BTCUSDT&symbolStatus=BREAK|-1220|The symbol's status does not match the requested symbolStatus.",
        "ticker/24hr?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D|-1128|Combination of optional parameters invalid.",
        "ticker/24hr?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D|-1151|Symbol is present multiple times in the list.",
        "ticker/24hr?symbols=%5B%22NOPE%22%5D|-1121|Invalid symbol.",
        "ticker/24hr?symbols=BTCUSDT|-1100|Illegal characters found in parameter 'symbols'; legal range is '^\\[(\"[A-Z0-9-_.]{1,20}\"(,\"[A-Z0-9-_.]{1,20}\"){0,}){0,1}\\]$'.",
        "avgPrice?symbol=BTCUSDT&limit=1|-1101|Too many parameters; expected '1' and received '2'.",
      })
  void refuses(String question, int code, String message) {
    Reply reply = alice.open("/api/v3/" + question);
    assertThat(reply.text()).contains("{\"code\":" + code + ",");
    assertThat(reply.json().path("msg").asString()).isEqualTo(message);
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void refusesMoreThanAHundredSymbols() {
    List<String> quoted = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      quoted.add("%22S" + i + "%22");
    }
    Reply reply = alice.open("/api/v3/ticker?symbols=%5B" + String.join(",", quoted) + "%5D");
    assertThat(reply.json().path("msg").asString())
        .isEqualTo("Too many values sent for parameter 'symbols', maximum allowed up to 100.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "klines?symbol=BTCUSDT&interval=1m|2",
        "uiKlines?symbol=BTCUSDT&interval=1m|2",
        "aggTrades?symbol=BTCUSDT|4",
        "historicalTrades?symbol=BTCUSDT|25",
        "trades?symbol=BTCUSDT|25",
        "avgPrice?symbol=BTCUSDT|2",
        "ticker/24hr?symbol=BTCUSDT|2",
        "ticker/24hr?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D|2",
        "ticker/24hr|80",
        "ticker/tradingDay?symbol=BTCUSDT|4",
        "ticker?symbols=%5B%22BTCUSDT%22,%22ETHUSDT%22%5D|8",
        "ticker/price?symbol=BTCUSDT|2",
        "ticker/price|4",
        "ticker/bookTicker?symbols=%5B%22BTCUSDT%22%5D|4",
      })
  void weighsAsDocumented(String question, int weight) {
    // Other tests share the address's minute; two requests after each other tell the difference
    // unless the minute ended between them, which shows as a smaller number.
    int before = used(alice.open("/api/v3/ping"));
    int after = used(alice.open("/api/v3/" + question));
    assertThat(after - before).isIn(weight, after - before < 0 ? after - before : weight);
  }

  private static int used(Reply reply) {
    return Integer.parseInt(reply.header("X-MBX-USED-WEIGHT-1M"));
  }

  @Test
  void aRestartedVenueTellsTheSame() throws IOException {
    List<String> before;
    JsonNode ticker;
    String until;
    try (TestVenue first = TestVenue.start(data.resolve("own")).seed()) {
      ApiClient buyer = first.client(TestVenue.ALICE);
      ApiClient seller = first.client(TestVenue.BOB);
      for (int i = 0; i < 10; i++) {
        trade(buyer, seller, String.valueOf(100 + i));
        trades -= 2;
      }
      ticker = get(buyer, "ticker/24hr?symbol=BTCUSDT");
      until = get(buyer, "time").path("serverTime").asString();
      before = answers(buyer, until);
    }
    try (TestVenue second = TestVenue.start(data.resolve("own"))) {
      ApiClient buyer = second.client(TestVenue.ALICE);
      assertThat(answers(buyer, until)).isEqualTo(before);
      assertThat(before.get(0)).contains("109.00000000");
      JsonNode again = get(buyer, "ticker/24hr?symbol=BTCUSDT");
      for (String name : names(ticker)) {
        if (!name.endsWith("Time")) {
          assertThat(again.path(name)).as(name).isEqualTo(ticker.path(name));
        }
      }
      trade(buyer, second.client(TestVenue.BOB), "120");
      trades -= 2;
      assertThat(get(buyer, "aggTrades?symbol=BTCUSDT&limit=1").path(0).path("a").asInt())
          .isEqualTo(10);
    }
  }

  private static List<String> answers(ApiClient client, String until) {
    return QUESTIONS.stream().map(q -> get(client, q + until).toString()).toList();
  }
}
