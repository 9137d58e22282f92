package org.fondaco.api.story;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Two customers, five deposits, trades, five withdrawals, and the books at the end: everything
 * through the venue's public interface and the public nodes of five assets. Any difference of one
 * unit ends it with an exception.
 */
public final class Story {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int CREDITED = 1;
  private static final int AWAITING = 2;
  private static final int COMPLETED = 6;

  private static final List<Payment> DEPOSITS =
      List.of(
          new Payment("alice", "BTC", "BTC", "0.5"),
          new Payment("alice", "LTC", "LTC", "20"),
          new Payment("alice", "BCH", "BCH", "3.00000001"),
          new Payment("bob", "ETH", "ETH", "4.123456789012345678"),
          new Payment("alice", "USDT", "ETH", "60000.000001"));
  private static final List<Payment> WITHDRAWALS =
      List.of(
          new Payment("bob", "BTC", "BTC", "0.05"),
          new Payment("alice", "USDT", "ETH", "1234.567891"),
          new Payment("alice", "ETH", "ETH", "0.25"),
          new Payment("bob", "LTC", "LTC", "2.5"),
          new Payment("alice", "BCH", "BCH", "1.00000001"));
  private static final List<Exchange> TRADES =
      List.of(
          new Exchange("BTC", "alice", "bob", "0.1", "60000"),
          new Exchange("LTC", "alice", "bob", "5", "80"),
          new Exchange("ETH", "bob", "alice", "0.5", "3000"),
          new Exchange("BCH", "alice", "bob", "0.2", "400"));

  /** Money that comes or goes; {@code amount} in whole coins. */
  private record Payment(String customer, String asset, String network, String amount) {
    BigDecimal coins() {
      return new BigDecimal(amount);
    }
  }

  /** A trade for USDT at a price that both have agreed on. */
  private record Exchange(
      String asset, String seller, String buyer, String quantity, String price) {}

  /** A withdrawal under way. */
  private record Underway(Payment payment, String id, String address) {}

  private final Narrator narrator;
  private final Map<String, Trader> people = new LinkedHashMap<>();
  private final Map<String, Outside> outside = new LinkedHashMap<>();
  private final Ledger expected = new Ledger();

  private Story(URI venue, StoryCredentials credentials, PrintStream out) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.narrator = new Narrator(out, PATIENCE);
    for (String name : List.of("alice", "bob", "administrator", "deputy")) {
      people.put(name, new Trader(http, venue, credentials.user(name)));
    }
    for (String chain : List.of("BTC", "BCH", "LTC", "ETH")) {
      outside.put(chain, new Outside(http, credentials.node(chain)));
    }
  }

  /**
   * Plays the story on a venue that serves.
   *
   * @param credentials what a demo venue has written
   * @throws StoryFailed when it does not end as it must
   * @throws IOException when the credentials cannot be read
   */
  public static void play(URI venue, Path credentials, PrintStream out) throws IOException {
    new Story(venue, StoryCredentials.read(credentials), out).play();
  }

  /**
   * Reconciles a venue that serves, as its administrator, and prints the table.
   *
   * @param venue null = where the credentials say
   * @throws StoryFailed when an asset does not add up, or nothing could be concluded
   * @throws IOException when the credentials cannot be read
   */
  public static void reconcile(@Nullable URI venue, Path credentials, PrintStream out)
      throws IOException {
    StoryCredentials read = StoryCredentials.read(credentials);
    URI where = venue == null ? URI.create(read.baseUrl()) : venue;
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    new Books(new Trader(http, where, read.user("administrator")), new Narrator(out, PATIENCE))
        .reconcile();
  }

  private void play() {
    for (String customer : List.of("alice", "bob")) {
      for (String asset : List.of("BTC", "ETH", "USDT", "BCH", "LTC")) {
        expected.begin(customer, asset, person(customer).balance(asset));
      }
    }
    narrator.chapter("Five deposits");
    deposit();
    narrator.chapter("Trades");
    TRADES.forEach(this::trade);
    narrator.chapter("Five withdrawals");
    withdraw();
    narrator.chapter("Balances");
    compareBalances();
    narrator.chapter("Reconciliation");
    new Books(person("administrator"), narrator).reconcile();
  }

  private Trader person(String name) {
    return Objects.requireNonNull(people.get(name));
  }

  private Outside world(String chain) {
    return Objects.requireNonNull(outside.get(chain));
  }

  private void deposit() {
    outside.forEach((chain, world) ->
        narrator.await(
            "the first coins of " + chain,
            () -> "",
            () -> world.savings().signum() > 0 ? Optional.of(world) : Optional.empty()));
    Map<String, Payment> sent = new LinkedHashMap<>();
    for (Payment payment : DEPOSITS) {
      JsonNode answer =
          person(payment.customer)
              .get(
                  "/sapi/v1/capital/deposit/address",
                  "coin",
                  payment.asset,
                  "network",
                  payment.network);
      String address = answer.path("address").asString();
      String txid = world(payment.network).pay(payment.asset, address, payment.coins());
      narrator.say(
          "%s: %s %s sent to %s, transaction %s",
          payment.customer, payment.amount, payment.asset, address, txid);
      sent.put(bare(txid), payment);
    }
    for (Map.Entry<String, Payment> entry : sent.entrySet()) {
      Payment payment = entry.getValue();
      JsonNode credited = awaitDeposit(entry.getKey(), payment);
      BigDecimal amount = new BigDecimal(credited.path("amount").asString());
      BigDecimal whole = payment.coins().setScale(8, RoundingMode.DOWN);
      if (amount.compareTo(whole) != 0) {
        throw new StoryFailed("%s was credited for %s".formatted(amount, payment));
      }
      expected.add(payment.customer, payment.asset, amount);
      narrator.say("%s has %s %s more", payment.customer, amount, payment.asset);
    }
  }

  private JsonNode awaitDeposit(String txid, Payment payment) {
    List<String> progress = new ArrayList<>(List.of(""));
    return narrator.await(
        "the credit of " + payment,
        progress::getFirst,
        () -> {
          for (JsonNode row :
              person(payment.customer)
                  .get("/sapi/v1/capital/deposit/hisrec", "coin", payment.asset)) {
            if (bare(row.path("txId").asString()).equals(txid)) {
              progress.set(
                  0,
                  "%s %s: confirmations %s"
                      .formatted(
                          payment.amount, payment.asset, row.path("confirmTimes").asString("")));
              return row.path("status").asInt() == CREDITED ? Optional.of(row) : Optional.empty();
            }
          }
          return Optional.empty();
        });
  }

  private static String bare(String txid) {
    return txid.startsWith("0x") ? txid.substring(2) : txid;
  }

  /** The seller's limit order rests in front of everybody, or the buyer takes what is there. */
  private void trade(Exchange trade) {
    String symbol = trade.asset + "USDT";
    JsonNode rests =
        person(trade.seller)
            .post("/api/v3/order", order(symbol, "SELL", trade.quantity, trade.price));
    JsonNode takes =
        person(trade.buyer)
            .post("/api/v3/order", order(symbol, "BUY", trade.quantity, trade.price));
    settle(trade, trade.seller, symbol, rests.path("orderId").asString());
    settle(trade, trade.buyer, symbol, takes.path("orderId").asString());
  }

  private static String[] order(String symbol, String side, String quantity, String price) {
    return new String[] {
      "symbol",
      symbol,
      "side",
      side,
      "type",
      "LIMIT",
      "timeInForce",
      "GTC",
      "quantity",
      quantity,
      "price",
      price,
      "newOrderRespType",
      "FULL"
    };
  }

  /** Takes away what has not traded and books what has, from the customer's own trade list. */
  private void settle(Exchange trade, String customer, String symbol, String orderId) {
    Trader person = person(customer);
    JsonNode order = person.get("/api/v3/order", "symbol", symbol, "orderId", orderId);
    if (order.path("status").asString().matches("NEW|PARTIALLY_FILLED")) {
      throw new StoryFailed(
          "%s of %s rests in the book, somebody else was faster: run it with the simulator off"
              .formatted(symbol, customer));
    }
    for (JsonNode fill : person.get("/api/v3/myTrades", "symbol", symbol, "orderId", orderId)) {
      BigDecimal quantity = new BigDecimal(fill.path("qty").asString());
      BigDecimal quote = new BigDecimal(fill.path("quoteQty").asString());
      boolean buys = fill.path("isBuyer").asBoolean();
      expected.add(customer, trade.asset, buys ? quantity : quantity.negate());
      expected.add(customer, "USDT", buys ? quote.negate() : quote);
      expected.add(
          customer,
          fill.path("commissionAsset").asString(),
          new BigDecimal(fill.path("commission").asString()).negate());
      narrator.say(
          "%s %s %s %s at %s",
          customer,
          buys ? "buys" : "sells",
          quantity.toPlainString(),
          trade.asset,
          fill.path("price").asString());
    }
  }

  private void withdraw() {
    List<Underway> underway = new ArrayList<>();
    for (Payment payment : WITHDRAWALS) {
      String address = world(payment.network).freshAddress();
      JsonNode answer =
          person(payment.customer)
              .post(
                  "/sapi/v1/capital/withdraw/apply",
                  "coin",
                  payment.asset,
                  "network",
                  payment.network,
                  "address",
                  address,
                  "amount",
                  payment.amount,
                  "withdrawOrderId",
                  "story-" + UUID.randomUUID());
      String id = answer.path("id").asString();
      narrator.say(
          "%s asks for %s %s to %s, withdrawal %s",
          payment.customer, payment.amount, payment.asset, address, id);
      underway.add(new Underway(payment, id, address));
    }
    underway.forEach(this::awaitWithdrawal);
  }

  private void awaitWithdrawal(Underway withdrawal) {
    Payment payment = withdrawal.payment;
    List<String> progress = new ArrayList<>(List.of(""));
    JsonNode done =
        narrator.await(
            "the payment of " + payment,
            progress::getFirst,
            () -> {
              JsonNode row = withdrawalRow(payment, withdrawal.id);
              int status = row.path("status").asInt();
              progress.set(
                  0,
                  "%s %s: status %d %s"
                      .formatted(
                          payment.amount, payment.asset, status, row.path("txId").asString("")));
              if (status == AWAITING) {
                approve(withdrawal.address);
              }
              if (status == 1 || status == 3 || status == 5) {
                throw new StoryFailed("withdrawal %s ended as %s".formatted(payment, row));
              }
              return status == COMPLETED ? Optional.of(row) : Optional.empty();
            });
    BigDecimal received = world(payment.network).received(payment.asset, withdrawal.address);
    BigDecimal fee = new BigDecimal(done.path("transactionFee").asString("0"));
    BigDecimal amount = new BigDecimal(done.path("amount").asString());
    if (received.compareTo(amount) != 0) {
      throw new StoryFailed("%s arrived of %s".formatted(received, payment));
    }
    expected.add(payment.customer, payment.asset, amount.add(fee).negate());
    narrator.say(
        "%s %s has arrived at %s, mined in %s",
        received.toPlainString(), payment.asset, withdrawal.address, done.path("txId").asString());
  }

  /** Large amounts wait for a person: an administrator looks at what waits and approves it. */
  private void approve(String address) {
    Trader deputy = person("deputy");
    for (JsonNode waiting : deputy.get("/admin/v1/withdrawals", "state", "AWAITING")) {
      if (waiting.path("address").asString().equalsIgnoreCase(address)) {
        String id = waiting.path("id").asString();
        deputy.post("/admin/v1/withdrawals/" + id + "/approval", "note", "asked the customer");
        narrator.say(
            "deputy approves %s %s to %s",
            waiting.path("amount").asString(), waiting.path("asset").asString(), address);
      }
    }
  }

  private JsonNode withdrawalRow(Payment payment, String id) {
    for (JsonNode row :
        person(payment.customer).get("/sapi/v1/capital/withdraw/history", "coin", payment.asset)) {
      if (row.path("id").asString().equals(id)) {
        return row;
      }
    }
    throw new StoryFailed("withdrawal " + id + " is not in the history of " + payment.customer);
  }

  private void compareBalances() {
    expected.forEach((customer, asset, amount) -> {
      BigDecimal has = person(customer).balance(asset);
      narrator.say("%-6s %-5s %s", customer, asset, has.toPlainString());
      if (has.compareTo(amount) != 0) {
        throw new StoryFailed("%s has %s %s, must have %s".formatted(customer, has, asset, amount));
      }
    });
  }
}
