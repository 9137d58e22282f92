package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Exchange, nodes and database are killed while money comes in and goes out. In the end every
 * payment that was sent to the venue is credited once, every withdrawal that was asked for is paid
 * once or not at all, the customers' balances are the sum of both, and the books agree to the atom.
 */
class CustodyKillTest {
  private static final List<String> CUSTOMERS = List.of("alice", "bob");
  private static final List<String> ASSETS = List.of("BTC", "LTC", "BCH", "ETH");
  private static final Map<String, String> PRICES =
      Map.of("BTC", "60000", "LTC", "80", "BCH", "400", "ETH", "3000");
  private static final Map<String, BigDecimal> TYPICAL =
      Map.of(
          "BTC", new BigDecimal("0.004"),
          "LTC", new BigDecimal("1.5"),
          "BCH", new BigDecimal("0.3"),
          "ETH", new BigDecimal("0.05"));
  private static final Map<String, String> SETTINGS =
      Map.of(
          "FONDACO_NODE_DEPTH", "4",
          "FONDACO_CONFIRMATIONS", "BTC=2; LTC=2; BCH=2; ETH=3; USDT=3",
          "FONDACO_FINAL_DEPTH", "BTC=2; LTC=2; BCH=2; ETH=3");
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int COMPLETED = 6;

  private record Asked(String customer, String asset, String orderId, String address) {}

  private final long seed = Long.getLong("fondaco.seed", 20_261_128);
  private final int kills = Integer.getInteger("fondaco.kills", 3);
  private final Random random = new Random(seed);
  private final Map<String, BigDecimal> before = new LinkedHashMap<>();
  private final List<String> sent = new ArrayList<>();
  private final List<Asked> asked = new ArrayList<>();

  @Test
  void moneyIsNeitherLostNorDoubled(@TempDir Path temporary) throws Exception {
    Path folder = DemoFolder.at(temporary.resolve("data"));
    for (int round = 0; round <= kills; round++) {
      try (VenueProcess venue = VenueProcess.start(folder, SETTINGS).awaitReady()) {
        for (String asset : ASSETS) {
          OutsideWallet outside = new OutsideWallet(venue.folder(), asset);
          Waiting.until("coins of " + asset, PATIENCE, outside::isRich);
        }
        if (round == 0) {
          prepare(venue);
        }
        for (int k = 2 + random.nextInt(4); k > 0; k--) {
          act(venue);
        }
        if (round == kills) {
          conclude(venue);
          return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(2_500)));
        if (random.nextInt(3) == 0) {
          venue.database().kill9();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_000)));
        }
        venue.kill9();
      }
    }
  }

  /** Prices for the policy, and what everybody has before. */
  private void prepare(VenueProcess venue) throws Exception {
    for (String asset : ASSETS) {
      String order =
          "symbol=%sUSDT&type=LIMIT&timeInForce=GTC&quantity=1&price=%s&side="
              .formatted(asset, PRICES.get(asset));
      for (String side : List.of("SELL", "BUY")) {
        assertThat(
                venue
                    .users()
                    .client(side.equals("SELL") ? "carol" : "dealer")
                    .signed("POST", "/api/v3/order", order + side)
                    .status())
            .isEqualTo(200);
      }
    }
    for (String customer : CUSTOMERS) {
      for (String asset : ASSETS) {
        before.put(customer + asset, balance(venue, customer, asset));
      }
    }
    // What the venue pays out has to have come in: the demo's funds are no coins.
    for (String asset : ASSETS) {
      deposit(venue, "alice", asset, typical(asset).multiply(BigDecimal.valueOf(60)));
    }
  }

  private static BigDecimal typical(String asset) {
    return Objects.requireNonNull(TYPICAL.get(asset));
  }

  private void deposit(VenueProcess venue, String customer, String asset, BigDecimal amount)
      throws Exception {
    String address =
        venue
            .users()
            .client(customer)
            .signed(
                "GET",
                "/sapi/v1/capital/deposit/address",
                "coin=%s&network=%s".formatted(asset, asset))
            .expectOk()
            .body()
            .path("address")
            .asString();
    sent.add(new OutsideWallet(venue.folder(), asset).pay(address, amount));
  }

  /** One payment to the venue or one withdrawal; what was cut off is found out in the end. */
  private void act(VenueProcess venue) throws Exception {
    String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
    String asset = ASSETS.get(random.nextInt(ASSETS.size()));
    BigDecimal amount = typical(asset).multiply(BigDecimal.valueOf(50 + random.nextInt(100), 2));
    OutsideWallet outside = new OutsideWallet(venue.folder(), asset);
    TradingClient client = venue.users().client(customer);
    String coin = "coin=%s&network=%s".formatted(asset, asset);
    if (random.nextInt(5) < 3) {
      deposit(venue, customer, asset, amount.multiply(BigDecimal.valueOf(3)));
    } else {
      byte[] entropy = new byte[20];
      random.nextBytes(entropy);
      Asked order =
          new Asked(
              customer,
              asset,
              "kill-" + asked.size(),
              outside.freshAddress(HexFormat.of().formatHex(entropy)));
      asked.add(order);
      try {
        client.signed(
            "POST",
            "/sapi/v1/capital/withdraw/apply",
            "%s&amount=%s&withdrawOrderId=%s&address=%s"
                .formatted(coin, amount.toPlainString(), order.orderId, order.address));
      } catch (IOException e) {
        assertThat(venue.alive()).as("an answer was lost").isFalse();
      }
    }
  }

  private void conclude(VenueProcess venue) throws Exception {
    List<String> open = new ArrayList<>();
    try {
      Waiting.until(
          "all is credited and paid",
          PATIENCE,
          () -> {
            open.clear();
            open.addAll(open(venue));
            return open.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed + ", still open: " + open, e);
    }
    Map<String, BigDecimal> expected = new LinkedHashMap<>(before);
    int paid = 0;
    for (String customer : CUSTOMERS) {
      for (String asset : ASSETS) {
        for (JsonNode row : rows(venue, customer, asset, "deposit/hisrec")) {
          expected.merge(customer + asset, coins(row, "amount"), BigDecimal::add);
        }
        for (JsonNode row : rows(venue, customer, asset, "withdraw/history")) {
          if (row.path("status").asInt() == COMPLETED) {
            BigDecimal whole = coins(row, "amount").add(coins(row, "transactionFee"));
            expected.merge(customer + asset, whole.negate(), BigDecimal::add);
            paid++;
          }
        }
      }
    }
    assertThat(paid).as("withdrawals paid").isPositive();
    for (String customer : CUSTOMERS) {
      for (String asset : ASSETS) {
        assertThat(balance(venue, customer, asset))
            .as("%s %s, seed %d", customer, asset, seed)
            .isEqualByComparingTo(expected.get(customer + asset));
      }
    }
    for (Asked order : asked) {
      requirePaidOnce(venue, order);
    }
    requireReconciled(venue);
  }

  private List<String> open(VenueProcess venue) throws Exception {
    List<String> open = new ArrayList<>(sent);
    for (String customer : CUSTOMERS) {
      for (String asset : ASSETS) {
        for (JsonNode row : rows(venue, customer, asset, "deposit/hisrec")) {
          open.remove(row.path("txId").asString().replaceFirst("^0x", ""));
          if (row.path("status").asInt() != 1) {
            open.add(row.toString());
          }
        }
        for (JsonNode row : rows(venue, customer, asset, "withdraw/history")) {
          if (List.of(0, 2, 4).contains(row.path("status").asInt())) {
            open.add(row.toString());
          }
        }
      }
    }
    return open;
  }

  private void requirePaidOnce(VenueProcess venue, Asked order) throws Exception {
    BigDecimal owed = BigDecimal.ZERO;
    for (JsonNode row : rows(venue, order.customer, order.asset, "withdraw/history")) {
      if (row.path("withdrawOrderId").asString().equals(order.orderId)
          && row.path("status").asInt() == COMPLETED) {
        owed = owed.add(coins(row, "amount"));
      }
    }
    assertThat(new OutsideWallet(venue.folder(), order.asset).received(order.address))
        .as("%s, seed %d", order, seed)
        .isEqualByComparingTo(owed);
  }

  /** A cut is inconclusive while a chain moves on; that is said, and asked again. */
  private static void requireReconciled(VenueProcess venue) {
    TradingClient administrator = venue.users().client("administrator");
    List<JsonNode> last = new ArrayList<>();
    Waiting.until(
        "a conclusive cut",
        PATIENCE,
        () -> {
          last.clear();
          last.add(administrator.signed("POST", "/admin/v1/reconciliation", "").body());
          return last.getFirst().path("cut").path("state").asString().equals("DONE");
        });
    assertThat(last.getFirst().path("cut").path("balanced").asBoolean())
        .as(last.getFirst().path("table").asString())
        .isTrue();
  }

  private static JsonNode rows(VenueProcess venue, String customer, String asset, String what)
      throws Exception {
    return venue
        .users()
        .client(customer)
        .signed("GET", "/sapi/v1/capital/" + what, "coin=" + asset)
        .body();
  }

  private static BigDecimal coins(JsonNode row, String field) {
    return new BigDecimal(row.path(field).asString());
  }

  private static BigDecimal balance(VenueProcess venue, String customer, String asset)
      throws Exception {
    for (JsonNode row :
        venue
            .users()
            .client(customer)
            .signed("GET", "/api/v3/account", "")
            .body()
            .path("balances")) {
      if (row.path("asset").asString().equals(asset)) {
        return coins(row, "free").add(coins(row, "locked"));
      }
    }
    return BigDecimal.ZERO;
  }
}
