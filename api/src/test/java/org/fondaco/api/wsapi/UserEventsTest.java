package org.fondaco.api.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.TestVenue;
import org.fondaco.api.WsClient;
import org.fondaco.engine.protocol.Command;
import org.fondaco.engine.protocol.LegKind;
import org.fondaco.engine.protocol.TransferLeg;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Whole sequences of user data events for what the documents describe, field by field. */
class UserEventsTest {
  private static final String REPORT =
      "e E s c S o f q p P F g C x X r i l z L n N T t I w m M O Z Y Q W V";

  @TempDir static Path data;
  private static TestVenue venue;
  private static Signer alice;
  private static Signer bob;
  private WsClient client;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
    alice = Signer.hmac(venue, TestVenue.ALICE);
    bob = Signer.hmac(venue, TestVenue.BOB);
    try (WsClient client = WsClient.open(venue.venue().address(), WebSocketApi.PATH)) {
      // A first trade, so that conditional orders have a last price.
      place(client, bob, "SELL", "LIMIT", "1", "100", "timeInForce", "GTC");
      place(client, alice, "BUY", "LIMIT", "1", "100", "timeInForce", "GTC");
    }
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  @BeforeEach
  void subscribe() {
    client = WsClient.open(venue.venue().address(), WebSocketApi.PATH);
    client.call("userDataStream.subscribe.signature", bob.sign());
  }

  @AfterEach
  void close() throws Exception {
    client.call("openOrders.cancelAll", bob.sign("symbol", "BTCUSDT"));
    client.call("openOrders.cancelAll", alice.sign("symbol", "BTCUSDT"));
    client.close();
  }

  private static JsonNode place(
      WsClient client,
      Signer who,
      String side,
      String type,
      String quantity,
      String price,
      Object... more) {
    List<Object> parameters = new ArrayList<>(List.of(more));
    parameters.addAll(
        List.of("symbol", "BTCUSDT", "side", side, "type", type, "quantity", quantity));
    if (!price.isEmpty()) {
      parameters.addAll(List.of("price", price));
    }
    JsonNode answer = client.call("order.place", who.sign(parameters.toArray()));
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
    return answer.path("result");
  }

  private JsonNode event() {
    return client.event().path("event");
  }

  private JsonNode report(String type, String status) {
    JsonNode event = event();
    assertThat(event.path("e").asString()).as("%s", event).isEqualTo("executionReport");
    assertThat(event.path("x").asString()).as("%s", event).isEqualTo(type);
    assertThat(event.path("X").asString()).as("%s", event).isEqualTo(status);
    return event;
  }

  private void positions(String... expected) {
    JsonNode event = event();
    assertThat(String.join(" ", event.propertyNames())).isEqualTo("e E u B");
    assertThat(event.path("e").asString()).isEqualTo("outboundAccountPosition");
    List<String> assets = new ArrayList<>();
    event.path("B").values().forEach(each -> assets.add(each.path("a").asString()));
    assertThat(assets).containsExactlyInAnyOrder(expected);
  }

  private static String fields(JsonNode event) {
    return String.join(" ", event.propertyNames());
  }

  @Test
  void severalFillsOfOneCommandEachWithWhatHasAddedUp() {
    for (String price : List.of("101", "102", "103")) {
      place(client, alice, "BUY", "LIMIT", "0.5", price, "timeInForce", "GTC");
    }
    place(
        client,
        bob,
        "SELL",
        "LIMIT",
        "2",
        "101",
        "timeInForce",
        "IOC",
        "strategyId",
        7,
        "strategyType",
        1_000_000);
    JsonNode opened = report("NEW", "NEW");
    assertThat(fields(opened)).isEqualTo(REPORT.replace("Q W", "Q j J W"));
    assertThat(opened.path("n").asString()).isEqualTo("0");
    assertThat(opened.path("N").isNull()).isTrue();
    assertThat(opened.path("t").asLong()).isEqualTo(-1);
    List<String> fills = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode fill = report("TRADE", "PARTIALLY_FILLED");
      fills.add(
          fill.path("L").asString()
              + " "
              + fill.path("l").asString()
              + " "
              + fill.path("z").asString()
              + " "
              + fill.path("Z").asString()
              + " "
              + fill.path("n").asString()
              + fill.path("N").asString());
    }
    assertThat(fills)
        .containsExactly(
            "103.00000000 0.50000000 0.50000000 51.50000000 0.05150000USDT",
            "102.00000000 0.50000000 1.00000000 102.50000000 0.05100000USDT",
            "101.00000000 0.50000000 1.50000000 153.00000000 0.05050000USDT");
    JsonNode expired = report("EXPIRED", "EXPIRED");
    assertThat(fields(expired)).isEqualTo(REPORT.replace("Q W", "Q j J W") + " eR");
    assertThat(expired.path("eR").asString()).isEqualTo("UNFILLED_IOC_QUANTITY_EXPIRED");
    assertThat(expired.path("w").asBoolean()).isFalse();
    positions("BTC", "USDT");
  }

  @Test
  void anOrderThatStandsInItsOwnWay() {
    place(client, bob, "SELL", "LIMIT", "1", "110", "timeInForce", "GTC");
    JsonNode maker = report("NEW", "NEW");
    positions("BTC");
    place(
        client,
        bob,
        "BUY",
        "LIMIT",
        "0.4",
        "110",
        "timeInForce",
        "GTC",
        "selfTradePreventionMode",
        "EXPIRE_BOTH");
    JsonNode taker = report("NEW", "NEW");
    JsonNode prevented = report("TRADE_PREVENTION", "EXPIRED_IN_MATCH");
    assertThat(fields(prevented)).isEqualTo(REPORT.replace("t I", "t v I") + " A B U Cs pl pL pY");
    assertThat(prevented.path("i").asLong()).isEqualTo(taker.path("i").asLong());
    assertThat(prevented.path("U").asLong()).isEqualTo(maker.path("i").asLong());
    assertThat(prevented.path("A").asString()).isEqualTo("0.40000000");
    assertThat(prevented.path("pl").asString()).isEqualTo("0.40000000");
    assertThat(prevented.path("pL").asString()).isEqualTo("110.00000000");
    assertThat(prevented.path("pY").asString()).isEqualTo("44.00000000");
    JsonNode other = report("TRADE_PREVENTION", "EXPIRED_IN_MATCH");
    assertThat(other.path("B").asString()).isEqualTo("1.00000000");
    assertThat(other.path("z").asString()).isEqualTo("0.00000000");
    assertThat(event().path("e").asString()).isEqualTo("outboundAccountPosition");
  }

  @Test
  void anOrderList() {
    JsonNode answer =
        client.call(
            "orderList.place.oco",
            bob.sign(
                "symbol",
                "BTCUSDT",
                "side",
                "SELL",
                "quantity",
                "1",
                "aboveType",
                "LIMIT_MAKER",
                "abovePrice",
                "120",
                "belowType",
                "STOP_LOSS",
                "belowStopPrice",
                "90",
                "belowTrailingDelta",
                100,
                "listClientOrderId",
                "list-1",
                "aboveClientOrderId",
                "leg-1",
                "belowClientOrderId",
                "leg-2"));
    assertThat(answer.path("status").asInt()).as("%s", answer).isEqualTo(200);
    JsonNode above = report("NEW", "NEW");
    JsonNode below = report("NEW", "NEW");
    assertThat(above.path("w").asBoolean()).isTrue();
    assertThat(below.path("w").asBoolean()).isFalse();
    assertThat(below.has("W")).isFalse();
    assertThat(below.path("d").asInt()).isEqualTo(100);
    assertThat(below.path("P").asString()).isEqualTo("90.00000000");
    JsonNode status = event();
    assertThat(fields(status)).isEqualTo("e E s g c l L r C T O");
    assertThat(status.path("C").asString()).isEqualTo("list-1");
    assertThat(status.path("l").asString()).isEqualTo("EXEC_STARTED");
    assertThat(status.path("O").toString())
        .isEqualTo(
            "[{\"s\":\"BTCUSDT\",\"i\":%d,\"c\":\"leg-1\"},{\"s\":\"BTCUSDT\",\"i\":%d,\"c\":\"leg-2\"}]"
                .formatted(above.path("i").asLong(), below.path("i").asLong()));
    positions("BTC");
    theListTradesAndEnds(status);
  }

  private void theListTradesAndEnds(JsonNode status) {
    place(client, alice, "BUY", "LIMIT", "0.25", "120", "timeInForce", "GTC");
    JsonNode fill = report("TRADE", "PARTIALLY_FILLED");
    assertThat(fill.path("m").asBoolean()).isTrue();
    assertThat(fill.path("g").asLong()).isEqualTo(status.path("g").asLong());
    JsonNode sibling = report("EXPIRED", "EXPIRED");
    assertThat(sibling.path("eR").asString()).isEqualTo("OCO_TRIGGER");
    positions("BTC", "USDT");
    client.call(
        "orderList.cancel",
        bob.sign("symbol", "BTCUSDT", "listClientOrderId", "list-1", "newClientOrderId", "end-1"));
    JsonNode canceled = report("CANCELED", "CANCELED");
    assertThat(canceled.path("c").asString()).isEqualTo("end-1");
    assertThat(canceled.path("C").asString()).isEqualTo("leg-1");
    JsonNode done = event();
    assertThat(done.path("L").asString()).isEqualTo("ALL_DONE");
    assertThat(done.path("O").get(1).path("c").asString()).isEqualTo("leg-2");
  }

  @Test
  void theRejectedHalfOfACancelReplace() {
    place(client, bob, "SELL", "LIMIT", "1", "130", "timeInForce", "GTC");
    JsonNode old = report("NEW", "NEW");
    positions("BTC");
    JsonNode answer =
        client.call(
            "order.cancelReplace",
            bob.sign(
                "symbol",
                "BTCUSDT",
                "cancelReplaceMode",
                "STOP_ON_FAILURE",
                "cancelOrderId",
                old.path("i").asLong(),
                "side",
                "SELL",
                "type",
                "LIMIT",
                "timeInForce",
                "GTC",
                "quantity",
                "5000",
                "price",
                "131",
                "newClientOrderId",
                "too-much"));
    assertThat(answer.path("status").asInt()).isEqualTo(409);
    assertThat(answer.path("error").path("code").asInt()).isEqualTo(-2021);
    assertThat(answer.path("error").path("data").path("newOrderResult").asString())
        .isEqualTo("FAILURE");
    report("CANCELED", "CANCELED");
    JsonNode rejected = report("REJECTED", "REJECTED");
    assertThat(rejected.path("r").asString()).isEqualTo("INSUFFICIENT_BALANCES");
    assertThat(rejected.path("c").asString()).isEqualTo("too-much");
    assertThat(rejected.path("q").asString()).isEqualTo("5000.00000000");
    positions("BTC");
  }

  @Test
  void fundsThatComeGoAndAreLocked() {
    venue.credit(TestVenue.BOB, TestVenue.ETH, 2);
    JsonNode credited = event();
    assertThat(fields(credited)).isEqualTo("e E a d T");
    assertThat(credited.path("e").asString()).isEqualTo("balanceUpdate");
    assertThat(credited.path("d").asString()).isEqualTo("2.00000000");
    positions("ETH");
    long unit = 100_000_000;
    venue.apply(
        new Command.TransferBatch(
            List.of(
                new TransferLeg(LegKind.RESERVE, TestVenue.BOB, 0, TestVenue.ETH, unit, 0, 0, 0))));
    JsonNode locked = event();
    assertThat(fields(locked)).isEqualTo("e E a d T");
    assertThat(locked.path("e").asString()).isEqualTo("externalLockUpdate");
    assertThat(locked.path("d").asString()).isEqualTo("1.00000000");
    positions("ETH");
    venue.apply(
        new Command.TransferBatch(
            List.of(
                new TransferLeg(
                    LegKind.TRANSFER,
                    TestVenue.BOB,
                    TestVenue.ALICE,
                    TestVenue.ETH,
                    unit / 4,
                    0,
                    0,
                    0))));
    assertThat(event().path("d").asString()).isEqualTo("-0.25000000");
    positions("ETH");
  }
}
