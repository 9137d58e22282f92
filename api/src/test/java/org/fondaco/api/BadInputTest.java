package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Permission;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.SymbolStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, with which code and message, over real HTTP. */
class BadInputTest {
  private static final String LIMIT = "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC";

  @TempDir static Path data;
  private static TestVenue venue;
  private static ApiClient alice;

  @BeforeAll
  static void start() throws IOException {
    venue = TestVenue.start(data).seed();
    alice = venue.client(TestVenue.ALICE);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // numbers
        "quantity=1e3&price=100|-1100|Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
        "quantity=-1&price=100|-1100|Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
        "quantity=NaN&price=100|-1100|Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
        "quantity=1234567890123456789012345678901234567890&price=100|-1100|Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.",
        "quantity=99999999999999999999&price=100|-1108|Parameter 'quantity' overflowed.",
        "quantity=0.000000001&price=100|-1111|Parameter 'quantity' has too much precision.",
        "quantity=1&price=0.000000001|-1111|Parameter 'price' has too much precision.",
        "quantity=0&price=100|-1013|Invalid quantity.",
        "quantity=1&price=0|-1013|Invalid price.",
        "quantity=&price=100|-1105|Parameter 'quantity' was empty.",
        "price=100|-1102|Mandatory parameter 'quantity' was not sent, was empty/null, or malformed.",
        "quantity=1|-1102|Mandatory parameter 'price' was not sent, was empty/null, or malformed.",
        // filters
        "quantity=1&price=100.001|-1013|Filter failure: PRICE_FILTER",
        "quantity=1.00001&price=100|-1013|Filter failure: LOT_SIZE",
        "quantity=0.0001&price=100|-1013|Filter failure: NOTIONAL",
        "quantity=90000000000&price=90000000000|-1013|Filter failure: PRICE_FILTER",
        "quantity=92233720368&price=100|-1013|Filter failure: LOT_SIZE",
        "quantity=8&price=1000000|-2010|Account has insufficient balance for requested action.",
        // combinations
        "quantity=1&price=100&stopPrice=90|-1106|Parameter 'stopPrice' sent when not required.",
        "quantity=1&price=100&quoteOrderQty=90|-1106|Parameter 'quoteOrderQty' sent when not required.",
        "quantity=1&price=100&trailingDelta=100|-1106|Parameter 'trailingDelta' sent when not required.",
        "quantity=1&price=100&icebergQty=2|-2010|IcebergQty exceeds QTY.",
        "quantity=1&price=100&strategyType=999999|-1134|strategyType was less than 1000000.",
        "quantity=1&price=100&newClientOrderId=a%20b|-1100|Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.",
        "quantity=1&price=100&newClientOrderId=1234567890123456789012345678901234567|-1100|Illegal characters found in parameter 'newClientOrderId'; legal range is '^[a-zA-Z0-9-_]{1,36}$'.",
        "quantity=1&price=100&newOrderRespType=SOME|-1130|Data sent for parameter 'newOrderRespType' is not valid.",
        "quantity=1&price=100&selfTradePreventionMode=SOME|-1130|Data sent for parameter 'selfTradePreventionMode' is not valid.",
        // unknown, repeated, malformed
        "quantity=1&price=100&foo=1|-1104|Not all sent parameters were read; read '8' parameter(s) but was sent '9'.",
        "quantity=1&quantity=1&price=100|-1101|Duplicate values for a parameter detected.",
        "quantity=1&price=100%|-1100|Illegal characters found in a parameter.",
      })
  void refusesLimitOrders(String parameters, int code, String message) {
    assertRefused(place(LIMIT + "&" + parameters), code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "side=BUY&type=MARKET&quantity=1|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
        "symbol=NOPE&side=BUY&type=MARKET&quantity=1|-1121|Invalid symbol.",
        "symbol=btcusdt&side=BUY&type=MARKET&quantity=1|-1100|Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.",
        "symbol=BTCUSDT&side=BYE&type=MARKET&quantity=1|-1117|Invalid side.",
        "symbol=BTCUSDT&side=BUY&type=ICEBERG&quantity=1|-1116|Invalid orderType.",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9|-1102|Mandatory parameter 'timeInForce' was not sent, was empty/null, or malformed.",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTX&quantity=1&price=9|-1115|Invalid timeInForce.",
        "symbol=BTCUSDT&side=BUY&type=MARKET|-1102|Param 'quantity' or 'quoteOrderQty' must be sent, but both were empty/null!",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&quoteOrderQty=1|-1128|Combination of optional parameters invalid.",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&price=1|-1106|Parameter 'price' sent when not required.",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&timeInForce=GTC|-1106|Parameter 'timeInForce' sent when not required.",
        "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=1|-1102|Param 'stopPrice' or 'trailingDelta' must be sent, but both were empty/null!",
        "symbol=BTCUSDT&side=SELL&type=STOP_LOSS&quantity=1&stopPrice=1&price=1|-1106|Parameter 'price' sent when not required.",
      })
  void refusesOrders(String parameters, int code, String message) {
    assertRefused(place(parameters), code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|order|symbol=BTCUSDT|-1102|Param 'orderId' or 'origClientOrderId' must be sent, but both were empty/null!",
        "GET|order|symbol=BTCUSDT&orderId=999999|-2013|Order does not exist.",
        "GET|order|symbol=BTCUSDT&orderId=1.5|-1100|Illegal characters found in parameter 'orderId'; legal range is '^[0-9]{1,20}$'.",
        "GET|order|symbol=BTCUSDT&orderId=99999999999999999999|-1108|Parameter 'orderId' overflowed.",
        "DELETE|order|symbol=BTCUSDT&orderId=999999|-2011|Unknown order sent.",
        "DELETE|order|symbol=BTCUSDT&orderId=1&cancelRestrictions=NONE|-1145|Invalid cancelRestrictions",
        "DELETE|openOrders|symbol=BTCUSDT|-2011|Unknown order sent.",
        "DELETE|orderList|symbol=BTCUSDT|-1102|Param 'orderListId' or 'listClientOrderId' must be sent, but both were empty/null!",
        "DELETE|orderList|symbol=BTCUSDT&orderListId=77|-2011|Unknown order sent.",
        "GET|orderList|orderListId=77|-2013|Order list does not exist.",
        "GET|allOrders|symbol=BTCUSDT&limit=0|-1130|Data sent for parameter 'limit' is not valid.",
        "GET|allOrders|symbol=BTCUSDT&startTime=1000&endTime=86401001|-1127|More than 24 hours between startTime and endTime.",
        "GET|myTrades|symbol=BTCUSDT&fromId=1&startTime=1000|-1128|Combination of optional parameters invalid.",
        "PUT|order/amend/keepPriority|symbol=BTCUSDT&orderId=999999&newQty=1|-2038|Unknown order sent.",
        "PUT|order/amend/keepPriority|symbol=BTCUSDT&orderId=999999|-1102|Mandatory parameter 'newQty' was not sent, was empty/null, or malformed.",
        "POST|order/cancelReplace|symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=100&cancelOrderId=9999|-1102|Mandatory parameter 'cancelReplaceMode' was not sent, was empty/null, or malformed.",
        "POST|orderList/oco|symbol=BTCUSDT&side=SELL&quantity=1&aboveType=STOP_LOSS&belowType=STOP_LOSS|-1197|A stop loss order in a sell OCO must be below.",
        "POST|orderList/oco|symbol=BTCUSDT&side=BUY&quantity=1&aboveType=LIMIT_MAKER&belowType=LIMIT_MAKER|-1168|At least one OCO order must be contingent.",
        "POST|orderList/oco|symbol=BTCUSDT&side=BUY&quantity=1&aboveType=MARKET&belowType=LIMIT_MAKER|-1158|Order type not supported in OCO.",
      })
  void refusesOtherRequests(
      String method, String path, String parameters, int code, String message) {
    assertRefused(signed(method, "/api/v3/" + path, parameters), code, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/v3/ping?foo=1|-1101|Too many parameters; expected '0' and received '1'.",
        "/api/v3/depth|-1102|Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
        "/api/v3/depth?symbol=NOPE|-1121|Invalid symbol.",
        "/api/v3/depth?symbol=BTCUSDT&limit=-5|-1100|Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.",
        "/api/v3/trades?symbol=BTCUSDT&limit=99999999999|-1108|Parameter 'limit' overflowed.",
        "/api/v3/ticker/price?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D|-1151|Symbol is present multiple times in the list.",
        "/api/v3/ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D|-1128|Combination of optional parameters invalid.",
        "/api/v3/exchangeInfo?symbolStatus=ASLEEP|-1122|Invalid symbolStatus.",
      })
  void refusesPublicRequests(String path, int code, String message) {
    assertRefused(alice.open(path), code, message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v3/candles", "/api/v3/order/oco", "/sapi/v1/nothing", "/api/v1/x"})
  void answersJsonForWhatDoesNotExist(String path) {
    Reply reply = alice.open(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.text())
        .isEqualTo("{\"code\":-1020,\"msg\":\"This operation is not supported.\"}");
  }

  @Test
  void refusesKeysAndSignatures() {
    String path = "/api/v3/account?" + alice.signedQuery("");
    Reply noKey = alice.send("GET", path, "", Map.of("X-MBX-APIKEY", ""));
    assertThat(noKey.status()).isEqualTo(401);
    assertRefusedText(noKey, -2014, "API-key format invalid.");
    Reply unknownKey = alice.send("GET", path, "", Map.of("X-MBX-APIKEY", "x".repeat(64)));
    assertThat(unknownKey.status()).isEqualTo(401);
    assertRefusedText(unknownKey, -2015, "Invalid API-key, IP, or permissions for action.");

    String wrong = path.substring(0, path.length() - 1) + (path.endsWith("0") ? "1" : "0");
    assertRefused(
        alice.send("GET", wrong, "", Map.of()), -1022, "Signature for this request is not valid.");
    assertRefused(
        alice.send("GET", path.replace("account?", "account?omitZeroBalances=true&"), "", Map.of()),
        -1022,
        "Signature for this request is not valid.");
    assertRefused(
        alice.send("GET", path.replaceAll("&signature.*", ""), "", Map.of()),
        -1102,
        "Mandatory parameter 'signature' was not sent, was empty/null, or malformed.");
    assertRefused(
        alice.send("GET", "/api/v3/account?signature=" + alice.signature(""), "", Map.of()),
        -1102,
        "Mandatory parameter 'timestamp' was not sent, was empty/null, or malformed.");
  }

  @Test
  void refusesAKeyWithoutThePermissionAndARevokedOne() {
    ApiKeys.NewKey key = venue.key(TestVenue.ALICE, EnumSet.of(Permission.USER_DATA));
    ApiClient reader = new ApiClient(venue.venue().address(), key);
    assertThat(reader.signed("GET", "/api/v3/account").status()).isEqualTo(200);
    Reply order = reader.signed("DELETE", "/api/v3/openOrders", "symbol=BTCUSDT");
    assertThat(order.status()).isEqualTo(401);
    assertRefusedText(order, -2015, "Invalid API-key, IP, or permissions for action.");
    venue.venue().keys().revoke(key.apiKey());
    assertThat(reader.signed("GET", "/api/v3/account").code()).isEqualTo(-2015);
  }

  @Test
  void refusesClocksThatAreOff() {
    long now = Instant.now().toEpochMilli();
    assertThat(at("timestamp=" + now).status()).isEqualTo(200);
    assertThat(at("timestamp=" + now * 1_000).status()).isEqualTo(200);
    assertThat(at("timestamp=" + (now - 30_000) + "&recvWindow=60000").status()).isEqualTo(200);
    assertThat(at("timestamp=" + now + "&recvWindow=4999.5").status()).isEqualTo(200);
    String outside = "Timestamp for this request is outside of the recvWindow.";
    assertRefused(at("timestamp=" + (now - 10_000)), -1021, outside);
    assertRefused(at("timestamp=" + (now - 10_000) * 1_000), -1021, outside);
    assertRefused(
        at("timestamp=" + (now + 5_000)),
        -1021,
        "Timestamp for this request was 1000ms ahead of the server's time.");
    assertRefused(
        at("timestamp=" + now + "&recvWindow=60001"),
        -1102,
        "'recvWindow' contains unexpected value. Cannot be greater than '60000'.");
    assertRefused(
        at("timestamp=" + now + "&recvWindow=1.2345"),
        -1111,
        "Parameter 'recvWindow' has too much precision.");
    assertRefused(at("timestamp=99999999999999999999"), -1108, "Parameter 'timestamp' overflowed.");
  }

  @Test
  void refusesBodiesThatAreNoForm() {
    String json = "{\"symbol\":\"BTCUSDT\"";
    Reply reply =
        alice.send("POST", "/api/v3/order", json, Map.of("Content-Type", "application/json"));
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo(-1130);
    Reply large = alice.send("POST", "/api/v3/order", "a=" + "1".repeat(70_000), ApiClient.form());
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.code()).isEqualTo(-1130);
    assertThat(alice.open("/api/v3/ping").text()).isEqualTo("{}");
  }

  @Test
  void refusesAnotherTimeUnit() {
    Reply reply = alice.send("GET", "/api/v3/time", "", Map.of("X-MBX-TIME-UNIT", "HOUR"));
    assertRefused(
        reply, -1194, "Invalid value for time unit; expected either MICROSECOND or MILLISECOND.");
    Reply micros = alice.send("GET", "/api/v3/time", "", Map.of("X-MBX-TIME-UNIT", "MICROSECOND"));
    assertThat(micros.json().path("serverTime").asLong()).isGreaterThan(1_000_000_000_000_000L);
  }

  @Test
  void refusesARepeatedRequestAndADuplicateId() {
    String query =
        alice.signedQuery(
            "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=100&newClientOrderId=twice");
    assertThat(alice.send("POST", "/api/v3/order?" + query, "", Map.of()).status()).isEqualTo(200);
    String duplicate = "Duplicate order sent.";
    assertRefused(alice.send("POST", "/api/v3/order?" + query, "", Map.of()), -2010, duplicate);
    assertRefused(
        place(LIMIT.replace("BTC", "ETH") + "&quantity=1&price=101&newClientOrderId=twice"),
        -2010,
        duplicate);
    assertThat(alice.signed("DELETE", "/api/v3/openOrders", "symbol=ETHUSDT").status())
        .isEqualTo(200);
  }

  @Test
  void refusesOrdersOnAHaltedSymbol() {
    venue.apply(new Command.SetStatus(TestVenue.ETHUSDT, SymbolStatus.HALT));
    try {
      assertRefused(
          place(LIMIT.replace("BTC", "ETH") + "&quantity=1&price=100"), -2010, "Market is closed.");
    } finally {
      venue.apply(new Command.SetStatus(TestVenue.ETHUSDT, SymbolStatus.TRADING));
    }
  }

  private static Reply at(String query) {
    return alice.send(
        "GET", "/api/v3/account?" + query + "&signature=" + alice.signature(query), "", Map.of());
  }

  private static Reply place(String parameters) {
    return signed("POST", "/api/v3/order", parameters);
  }

  private static Reply signed(String method, String path, String parameters) {
    String query = "timestamp=" + Instant.now().toEpochMilli() + "&" + parameters;
    String signature = "&signature=" + alice.signature(query);
    return method.equals("GET")
        ? alice.send(method, path + "?" + query + signature, "", Map.of())
        : alice.send(method, path, query + signature, ApiClient.form());
  }

  private static void assertRefused(Reply reply, int code, String message) {
    assertRefusedText(reply, code, message);
    assertThat(reply.status()).isEqualTo(400);
  }

  private static void assertRefusedText(Reply reply, int code, String message) {
    assertThat(reply.json().path("code").asInt() + " " + reply.json().path("msg").asString())
        .isEqualTo(code + " " + message);
  }
}
