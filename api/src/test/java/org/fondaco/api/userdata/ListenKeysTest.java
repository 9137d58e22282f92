package org.fondaco.api.userdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.fondaco.api.ApiClient;
import org.fondaco.api.TestVenue;
import org.fondaco.api.WsClient;
import org.fondaco.api.past.Past;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Permission;
import org.fondaco.api.stream.UserStreams;
import org.fondaco.api.symbol.Markets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Listen keys over real HTTP, and their ends by a clock that the test moves. */
class ListenKeysTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir static Path data;
  private static TestVenue venue;

  @BeforeAll
  static void start() throws Exception {
    venue = TestVenue.start(data).seed();
  }

  @AfterAll
  static void stop() {
    venue.close();
  }

  private static ApiKeys.NewKey key(long account) {
    return venue.key(account, EnumSet.of(Permission.USER_DATA));
  }

  @Test
  void needAnApiKeyAndNoSignature() {
    ApiKeys.NewKey key = key(TestVenue.ALICE);
    ApiClient alice = new ApiClient(venue.venue().address(), key);
    ApiClient again = venue.client(TestVenue.ALICE);
    ApiClient bob = venue.client(TestVenue.BOB);
    String listenKey = post(alice).json().path("listenKey").asString();
    assertThat(listenKey).matches("[A-Za-z0-9]{64}");
    assertThat(post(alice).json().path("listenKey").asString()).isEqualTo(listenKey);
    // Another key of the account has a listen key of its own, and may keep the first one alive.
    assertThat(post(again).json().path("listenKey").asString()).isNotEqualTo(listenKey);
    assertThat(send(again, "PUT", "listenKey=" + listenKey).text()).isEqualTo("{}");
    assertThat(send(bob, "PUT", "listenKey=" + listenKey).code()).isEqualTo(-1125);
    assertThat(send(bob, "DELETE", "listenKey=" + listenKey).code()).isEqualTo(-1125);
    assertThat(send(alice, "PUT", "").code()).isEqualTo(-1102);
    assertThat(send(alice, "PUT", "listenKey=" + "x".repeat(64)).code()).isEqualTo(-1125);
    assertThat(alice.send("POST", "/api/v3/userDataStream", "", Map.of("X-MBX-APIKEY", "")).code())
        .isEqualTo(-2014);
    ApiClient stranger =
        new ApiClient(venue.venue().address(), new ApiKeys.NewKey("y".repeat(64), "z"));
    assertThat(post(stranger).code()).isEqualTo(-2015);
    assertThat(send(alice, "DELETE", "listenKey=" + listenKey).text()).isEqualTo("{}");
    assertThat(send(alice, "PUT", "listenKey=" + listenKey).code()).isEqualTo(-1125);
    assertThat(post(alice).json().path("listenKey").asString()).isNotEqualTo(listenKey);
  }

  private static ApiClient.Reply post(ApiClient client) {
    return client.send("POST", "/api/v3/userDataStream", "", Map.of());
  }

  private static ApiClient.Reply send(ApiClient client, String method, String form) {
    return client.send(
        method, "/api/v3/userDataStream" + (form.isEmpty() ? "" : "?" + form), "", Map.of());
  }

  @Test
  void openStreamsUnderTheirName() throws Exception {
    ApiClient alice = venue.client(TestVenue.ALICE);
    String listenKey = post(alice).json().path("listenKey").asString();
    try (WsClient raw = WsClient.open(venue.venue().address(), "/ws/" + listenKey);
        WsClient combined =
            WsClient.open(
                venue.venue().address(),
                "/stream?streams=" + listenKey + "/btcusdt@trade&timeUnit=MICROSECOND")) {
      String order = "symbol=ETHUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=3000";
      assertThat(alice.signed("POST", "/api/v3/order", order).status()).isEqualTo(200);
      JsonNode report = raw.next();
      assertThat(report.path("e").asString()).isEqualTo("executionReport");
      assertThat(report.path("x").asString()).isEqualTo("NEW");
      assertThat(raw.next().path("e").asString()).isEqualTo("outboundAccountPosition");
      JsonNode wrapped = combined.next();
      assertThat(String.join(" ", wrapped.propertyNames())).isEqualTo("stream data");
      assertThat(wrapped.path("stream").asString()).isEqualTo(listenKey);
      assertThat(wrapped.path("data").path("i")).isEqualTo(report.path("i"));
      assertThat(wrapped.path("data").path("E").asLong() / 1_000)
          .isEqualTo(report.path("E").asLong());
      assertThat(combined.next().path("data").path("e").asString())
          .isEqualTo("outboundAccountPosition");

      assertThat(send(alice, "DELETE", "listenKey=" + listenKey).status()).isEqualTo(200);
      assertThat(alice.signed("DELETE", "/api/v3/openOrders", "symbol=ETHUSDT").status())
          .isEqualTo(200);
      raw.say("{\"id\":1,\"method\":\"LIST_SUBSCRIPTIONS\"}");
      assertThat(raw.next().path("result").toString()).isEqualTo("[\"" + listenKey + "\"]");
      assertThat(raw.rest()).isEmpty();
    }
  }

  @Test
  void expireUnlessTheyAreKeptAlive() throws Exception {
    AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(30));
    ApiKeys.NewKey key = key(TestVenue.BOB);
    try (Own own = new Own(nanos)) {
      String listenKey = own.start(key);
      LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
      assertThat(own.listen("x".repeat(64), heard)).isNull();
      assertThat(own.listen(listenKey, heard)).isNotNull();
      nanos.addAndGet(TimeUnit.MINUTES.toNanos(59));
      own.keys.sweep();
      assertThat(own.start(key)).isEqualTo(listenKey);
      nanos.addAndGet(TimeUnit.MINUTES.toNanos(59));
      own.keys.sweep();
      assertThat(heard).isEmpty();
      nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
      own.keys.sweep();
      JsonNode end = Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
      assertThat(end.path("e").asString()).isEqualTo("listenKeyExpired");
      assertThat(end.path("E").isString()).isTrue();
      assertThat(end.path("listenKey").asString()).isEqualTo(listenKey);
      assertThat(own.listen(listenKey, heard)).isNull();
      assertThat(own.start(key)).isNotEqualTo(listenKey);
      assertThat(heard).isEmpty();
      assertThat(own.userData.subscriptions()).isZero();
    }
  }

  @Test
  void endWithTheirApiKey() throws Exception {
    ApiKeys.NewKey key = key(TestVenue.BOB);
    try (Own own = new Own(new AtomicLong())) {
      String listenKey = own.start(key);
      LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
      own.listen(listenKey, heard);
      venue.venue().keys().revoke(key.apiKey());
      JsonNode end = Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
      assertThat(end.path("e").asString()).isEqualTo("eventStreamTerminated");
      assertThat(own.listen(listenKey, heard)).isNull();
      assertThat(own.userData.subscriptions()).isZero();
    }
  }

  @Test
  void tellThatEventsWereLost() throws Exception {
    ApiKeys.NewKey key = key(TestVenue.BOB);
    try (Own own = new Own(new AtomicLong())) {
      String listenKey = own.start(key);
      LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
      own.listen(listenKey, heard);
      own.userData.lost();
      assertThat(heard.stream().map(each -> each.path("e").asString()))
          .containsExactly("eventStreamTerminated");
      assertThat(own.userData.subscriptions()).isZero();
      // The listen key lives on: a client that comes back hears what follows.
      UserStreams.Subscription second = Objects.requireNonNull(own.listen(listenKey, heard));
      assertThat(own.userData.subscriptions()).isEqualTo(1);
      second.end();
      assertThat(own.userData.subscriptions()).isZero();
    }
  }

  /** Listen keys beside those of the venue, with a clock of the test's. */
  private static final class Own implements AutoCloseable {
    final UserData userData;
    final ListenKeys keys;

    Own(AtomicLong nanos) {
      var host = venue.venue().host();
      Past past = new Past(venue.venue().database().jooq(), host.readModel(), Runnable::run);
      userData =
          new UserData(host.readModel(), new Markets(host.readModel()), past, venue.venue().keys());
      keys = new ListenKeys(userData, venue.venue().keys(), nanos::get);
    }

    String start(ApiKeys.NewKey key) {
      return keys.keyOf(Objects.requireNonNull(venue.venue().keys().find(key.apiKey())).identity());
    }

    UserStreams.@Nullable Subscription listen(
        String listenKey, LinkedBlockingQueue<JsonNode> heard) {
      return keys.subscribe(
          listenKey,
          false,
          event -> heard.add(JSON.readTree(StandardCharsets.UTF_8.decode(event).toString())));
    }

    @Override
    public void close() {
      keys.close();
    }
  }
}
