package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fondaco.api.OrderJourneyTest.balance;

import java.io.IOException;
import java.nio.file.Path;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.api.security.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A second start continues where the first ended; a second process is refused. */
class RestartTest {
  @TempDir Path data;

  @Test
  void ordersBalancesAndKeysSurvive() throws IOException {
    ApiKeys.NewKey key;
    String free;
    try (TestVenue venue = TestVenue.start(data).seed()) {
      key =
          venue.key(TestVenue.ALICE, java.util.EnumSet.of(Permission.USER_DATA, Permission.TRADE));
      ApiClient alice = new ApiClient(venue.venue().address(), key);
      place(alice, "closed", "90");
      alice.signed("DELETE", "/api/v3/order", "symbol=BTCUSDT&origClientOrderId=closed");
      place(alice, "open", "91");
      free = balance(alice, "USDT");
    }
    try (TestVenue venue = TestVenue.start(data)) {
      ApiClient alice = new ApiClient(venue.venue().address(), key);
      assertThat(balance(alice, "USDT")).isEqualTo(free).endsWith("91.00000000 locked");
      JsonNode open = alice.signed("GET", "/api/v3/openOrders", "symbol=BTCUSDT").json();
      assertThat(open.size()).isEqualTo(1);
      assertThat(open.path(0).path("clientOrderId").asString()).isEqualTo("open");
      JsonNode all = alice.signed("GET", "/api/v3/allOrders", "symbol=BTCUSDT").json();
      assertThat(all.path(0).path("status").asString()).isEqualTo("CANCELED");
      assertThat(all.path(1).path("status").asString()).isEqualTo("NEW");
      // Venue control continues its numbers.
      venue.credit(TestVenue.ALICE, TestVenue.BTC, 1);
      assertThat(balance(alice, "BTC")).startsWith("1.00000000 free");
    }
  }

  /** Its filled leg is only in the history by then, and answers name every leg. */
  @Test
  void aListWithAFilledLegIsAmendedAndCancelled() throws IOException {
    try (TestVenue venue = TestVenue.start(data).seed()) {
      ApiClient bob = client(venue, TestVenue.BOB);
      String sell = "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=90";
      assertThat(bob.signed("POST", "/api/v3/order", sell).status()).isEqualTo(200);
      String list =
          "symbol=BTCUSDT&listClientOrderId=list&workingType=LIMIT&workingTimeInForce=GTC"
              + "&workingSide=BUY&workingPrice=90&workingQuantity=1&workingClientOrderId=working"
              + "&pendingType=LIMIT&pendingTimeInForce=GTC&pendingSide=SELL&pendingPrice=200"
              + "&pendingQuantity=0.9&pendingClientOrderId=pending";
      JsonNode placed =
          client(venue, TestVenue.ALICE).signed("POST", "/api/v3/orderList/oto", list).json();
      assertThat(placed.path("orderReports").path(0).path("status").asString()).isEqualTo("FILLED");
    }
    try (TestVenue venue = TestVenue.start(data)) {
      ApiClient alice = client(venue, TestVenue.ALICE);
      String pending = "symbol=BTCUSDT&origClientOrderId=pending";
      JsonNode amended =
          alice
              .signed(
                  "PUT",
                  "/api/v3/order/amend/keepPriority",
                  pending + "&newQty=0.5&newClientOrderId=smaller")
              .json();
      assertThat(amended.path("listStatus").findValuesAsString("clientOrderId"))
          .containsExactly("working", "smaller");
      JsonNode canceled =
          alice
              .signed("DELETE", "/api/v3/orderList", "symbol=BTCUSDT&listClientOrderId=list")
              .json();
      assertThat(canceled.path("orders").findValuesAsString("clientOrderId"))
          .containsExactly("working", "smaller");
      assertThat(canceled.path("orderReports").path(0).path("status").asString())
          .isEqualTo("CANCELED");
    }
  }

  @Test
  void theTapeGoesOn() throws IOException {
    JsonNode before;
    try (TestVenue venue = TestVenue.start(data).seed()) {
      trade(venue, "90");
      trade(venue, "91");
      before = tape(venue);
      assertThat(before.findValuesAsString("id")).containsExactly("0", "1");
    }
    try (TestVenue venue = TestVenue.start(data)) {
      assertThat(tape(venue)).isEqualTo(before);
      trade(venue, "92");
      assertThat(tape(venue).findValuesAsString("price"))
          .containsExactly("90.00000000", "91.00000000", "92.00000000");
    }
  }

  private static void trade(TestVenue venue, String price) {
    place(client(venue, TestVenue.ALICE), "bid" + price, price);
    String sell = "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=" + price;
    assertThat(client(venue, TestVenue.BOB).signed("POST", "/api/v3/order", sell).status())
        .isEqualTo(200);
  }

  private static ApiClient client(TestVenue venue, long account) {
    return new ApiClient(
        venue.venue().address(),
        venue.key(account, java.util.EnumSet.of(Permission.USER_DATA, Permission.TRADE)));
  }

  private static JsonNode tape(TestVenue venue) {
    return client(venue, TestVenue.ALICE).open("/api/v3/trades?symbol=BTCUSDT").json();
  }

  @Test
  void aSecondProcessIsRefused() throws IOException {
    try (TestVenue venue = TestVenue.start(data)) {
      assertThatThrownBy(() -> TestVenue.start(data))
          .isInstanceOf(StartFailed.class)
          .hasMessage("another Fondaco is running on the data folder " + data);
      assertThat(venue.venue().halted()).isNotDone();
    }
  }

  private static void place(ApiClient client, String id, String price) {
    assertThat(
            client
                .signed(
                    "POST",
                    "/api/v3/order",
                    "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price="
                        + price
                        + "&newClientOrderId="
                        + id)
                .status())
        .isEqualTo(200);
  }
}
