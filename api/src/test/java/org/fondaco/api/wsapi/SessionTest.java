package org.fondaco.api.wsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.fondaco.api.wsapi.Signer.map;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.TestVenue;
import org.fondaco.api.WsClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sessions and subscriptions of the WebSocket API over real WebSockets. */
class SessionTest {
  @TempDir static Path data;
  private static TestVenue venue;
  private static Signer alice;
  private static Signer bob;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
    alice = Signer.hmac(venue, TestVenue.ALICE);
    bob = Signer.hmac(venue, TestVenue.BOB);
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  static WsClient connect(String query) {
    return WsClient.open(venue.venue().address(), "/ws-api/v3" + query);
  }

  static List<String> names(JsonNode object) {
    return new ArrayList<>(object.propertyNames());
  }

  private static String code(JsonNode answer) {
    return answer.path("status").asInt() + " " + answer.path("error").path("code").asInt();
  }

  @Test
  void aSessionSpeaksForItsKey() throws Exception {
    Signer key = Signer.ed25519(venue, TestVenue.ALICE);
    try (WsClient client = connect("")) {
      JsonNode before = client.call("session.status").path("result");
      assertThat(names(before))
          .containsExactly(
              "apiKey",
              "authorizedSince",
              "connectedSince",
              "returnRateLimits",
              "serverTime",
              "userDataStream");
      assertThat(before.path("apiKey").isNull()).isTrue();
      assertThat(before.path("userDataStream").asBoolean()).isFalse();
      assertThat(code(client.call("session.logon", alice.sign()))).isEqualTo("400 -4056");
      assertThat(code(client.call("userDataStream.subscribe"))).isEqualTo("400 -1102");
      assertThat(code(client.call("userDataStream.subscribe", map("apiKey", key.apiKey()))))
          .isEqualTo("401 -2015");

      JsonNode logon = client.call("session.logon", key.sign());
      assertThat(logon.path("status").asInt()).isEqualTo(200);
      assertThat(logon.path("result").path("apiKey").asString()).isEqualTo(key.apiKey());
      assertThat(logon.path("result").path("authorizedSince").asLong())
          .isGreaterThanOrEqualTo(before.path("connectedSince").asLong());

      assertThat(code(client.call("account.status"))).isEqualTo("400 -1102");
      JsonNode account =
          client.call("account.status", map("timestamp", System.currentTimeMillis()));
      assertThat(account.path("result").path("uid").asLong()).isEqualTo(TestVenue.ALICE);
      // One request may be another key's.
      assertThat(client.call("account.status", bob.sign()).path("result").path("uid").asLong())
          .isEqualTo(TestVenue.BOB);
      // A signature that is not needed is checked all the same.
      assertThat(
              code(
                  client.call(
                      "account.status",
                      map("timestamp", System.currentTimeMillis(), "signature", "AAAA"))))
          .isEqualTo("400 -1022");

      JsonNode out = client.call("session.logout").path("result");
      assertThat(out.path("apiKey").isNull()).isTrue();
      assertThat(code(client.call("account.status", map("timestamp", System.currentTimeMillis()))))
          .isEqualTo("400 -1102");
    }
  }

  @Test
  void aSessionEndsWithItsKey() throws Exception {
    Signer key = Signer.ed25519(venue, TestVenue.ALICE);
    try (WsClient client = connect("")) {
      assertThat(code(client.call("session.logon", key.sign()))).isEqualTo("200 0");
      assertThat(
              client
                  .call("userDataStream.subscribe")
                  .path("result")
                  .path("subscriptionId")
                  .asInt(-1))
          .isZero();
      venue.venue().keys().revoke(key.apiKey());
      JsonNode end = client.event();
      assertThat(end.path("event").path("e").asString()).isEqualTo("eventStreamTerminated");
      client.say(
          WsClient.request(7, "account.status", map("timestamp", System.currentTimeMillis())));
      JsonNode refusal = client.next();
      assertThat(refusal.path("id").isNull()).isTrue();
      assertThat(code(refusal)).isEqualTo("401 -2015");
      assertThat(client.call("session.status").path("result").path("apiKey").isNull()).isTrue();
    }
  }

  @Test
  void subscribesToUserData() throws Exception {
    try (WsClient client = connect("")) {
      JsonNode subscribed = client.call("userDataStream.subscribe.signature", bob.sign());
      assertThat(subscribed.path("result").path("subscriptionId").asInt(-1)).isZero();
      assertThat(code(client.call("userDataStream.subscribe.signature", bob.sign())))
          .isEqualTo("400 -2035");
      assertThat(
              client
                  .call("userDataStream.subscribe.signature", alice.sign())
                  .path("result")
                  .path("subscriptionId")
                  .asInt())
          .isEqualTo(1);
      assertThat(client.call("session.subscriptions").path("result").toString())
          .isEqualTo("[{\"subscriptionId\":0},{\"subscriptionId\":1}]");
      assertThat(client.call("session.status").path("result").path("userDataStream").asBoolean())
          .isTrue();
      client.call("userDataStream.unsubscribe");
      assertThat(client.event().path("subscriptionId").asInt(-1)).isZero();
      assertThat(client.event().path("subscriptionId").asInt(-1)).isEqualTo(1);
      assertThat(client.call("session.subscriptions").path("result").toString()).isEqualTo("[]");
    }
  }

  @Test
  void hearsEventsUntilItUnsubscribes() throws Exception {
    try (WsClient client = connect("")) {
      client.call("userDataStream.subscribe.signature", bob.sign());
      long orderId =
          client
              .call(
                  "order.place",
                  bob.sign(
                      "symbol",
                      "ETHUSDT",
                      "side",
                      "SELL",
                      "type",
                      "LIMIT",
                      "timeInForce",
                      "GTC",
                      "quantity",
                      "2",
                      "price",
                      "3500",
                      "newClientOrderId",
                      "watched"))
              .path("result")
              .path("orderId")
              .asLong();
      JsonNode report = client.event();
      assertThat(names(report)).containsExactly("subscriptionId", "event");
      assertThat(report.path("subscriptionId").asInt(-1)).isZero();
      JsonNode event = report.path("event");
      assertThat(String.join(" ", names(event)))
          .isEqualTo("e E s c S o f q p P F g C x X r i l z L n N T t I w m M O Z Y Q W V");
      assertThat(event.path("i").asLong()).isEqualTo(orderId);
      assertThat(event.path("x").asString()).isEqualTo("NEW");
      assertThat(event.path("c").asString()).isEqualTo("watched");
      JsonNode position = client.event();
      assertThat(position.path("event").path("e").asString()).isEqualTo("outboundAccountPosition");
      assertThat(position.path("event").path("B").toString())
          .isEqualTo("[{\"a\":\"ETH\",\"f\":\"998.00000000\",\"l\":\"2.00000000\"}]");

      assertThat(code(client.call("userDataStream.unsubscribe", map("subscriptionId", 9))))
          .isEqualTo("400 -2036");
      assertThat(
              client
                  .call("userDataStream.unsubscribe", map("subscriptionId", 0))
                  .path("result")
                  .toString())
          .isEqualTo("{}");
      JsonNode terminated = client.event();
      assertThat(terminated.path("subscriptionId").asInt(-1)).isZero();
      assertThat(names(terminated.path("event"))).containsExactly("e", "E");
      assertThat(terminated.path("event").path("e").asString()).isEqualTo("eventStreamTerminated");
      client.call("order.cancel", bob.sign("symbol", "ETHUSDT", "orderId", orderId));
      assertThat(client.call("ping").path("status").asInt()).isEqualTo(200);
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void managesListenKeys() throws Exception {
    try (WsClient client = connect("")) {
      JsonNode started = client.call("userDataStream.start", map("apiKey", bob.apiKey()));
      String listenKey = started.path("result").path("listenKey").asString();
      assertThat(listenKey).matches("[A-Za-z0-9]{64}");
      assertThat(
              code(
                  client.call(
                      "userDataStream.ping", map("apiKey", bob.apiKey(), "listenKey", listenKey))))
          .isEqualTo("200 0");
      assertThat(
              code(
                  client.call(
                      "userDataStream.stop",
                      map("apiKey", alice.apiKey(), "listenKey", listenKey))))
          .isEqualTo("400 -1125");
      assertThat(
              code(
                  client.call(
                      "userDataStream.stop", map("apiKey", bob.apiKey(), "listenKey", listenKey))))
          .isEqualTo("200 0");
      assertThat(code(client.call("userDataStream.start"))).isEqualTo("400 -1102");
    }
  }
}
