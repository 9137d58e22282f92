package org.fondaco.api.torture;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Compares what the venue says with what the customers remember and what the blocks hold. While
 * payments are under way there are differences; when nobody does anything they must all go away.
 */
final class Audit {
  private static final int SCALE = 8;
  private static final int PAGE = 1_000;
  private static final int CREDITED = 1;
  private static final int COMPLETED = 6;
  private static final List<Integer> UNDER_WAY = List.of(0, 2, 4);
  private static final List<String> SYMBOLS = List.of("BTCUSDT", "LTCUSDT", "BCHUSDT", "ETHUSDT");

  private final World world;
  private final Deeds deeds;
  private final List<String> customers;
  private final Map<Deeds.Owner, BigDecimal> before = new LinkedHashMap<>();
  private final Map<String, ChainTruth> chains = new LinkedHashMap<>();
  private final Fills fills;
  private final String payer;
  private Tally tally = new Tally(0, 0, 0, 0);

  /** What was compared and found right, since the beginning. */
  record Tally(int deposits, int withdrawals, int refused, long fills) {}

  Audit(World world, Deeds deeds, List<String> customers) throws IOException, InterruptedException {
    this.world = world;
    this.deeds = deeds;
    this.customers = customers;
    this.fills = new Fills(world, SYMBOLS);
    for (String chain : List.of("BTC", "LTC", "BCH", "ETH")) {
      chains.put(chain, new ChainTruth(chain, world::node));
    }
    this.payer = ChainTruth.plain(world.node("ETH").call("eth_accounts").path(0).asString());
    for (String customer : customers) {
      balances(customer).forEach((asset, has) -> before.put(new Deeds.Owner(customer, asset), has));
    }
  }

  Tally tally() {
    return tally;
  }

  /** What does not agree, for people; empty when everything does. */
  List<String> differences() throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    Map<String, List<ChainTruth.Payment>> paid = new HashMap<>();
    for (ChainTruth chain : chains.values()) {
      chain
          .read()
          .forEach((address, list) ->
              paid.computeIfAbsent(address, _ -> new ArrayList<>()).addAll(list));
    }
    Map<String, Deeds.Withdrawal> asked = new TreeMap<>();
    deeds.withdrawals().forEach(withdrawal -> asked.put(withdrawal.orderId(), withdrawal));
    int deposits = 0;
    int withdrawals = 0;
    int refused = 0;
    for (String customer : customers) {
      Map<String, BigDecimal> expected = new TreeMap<>(fills.net(customer));
      for (String asset : Customer.ASSETS) {
        Deeds.Owner owner = new Deeds.Owner(customer, asset);
        List<JsonNode> in = rows(owner, "deposit/hisrec");
        differences.addAll(deposits(owner, in, paid));
        in.forEach(row -> expected.merge(asset, coins(row, "amount"), BigDecimal::add));
        deposits += in.size();
        for (JsonNode row : rows(owner, "withdraw/history")) {
          Deeds.Withdrawal withdrawal = asked.remove(row.path("withdrawOrderId").asString());
          if (withdrawal == null) {
            differences.add("nobody asked for, or twice: " + row);
            continue;
          }
          differences.addAll(withdrawal(withdrawal, row, paid));
          if (row.path("status").asInt() == COMPLETED) {
            BigDecimal whole = coins(row, "amount").add(coins(row, "transactionFee"));
            expected.merge(asset, whole.negate(), BigDecimal::add);
            withdrawals++;
          } else {
            refused++;
          }
        }
      }
      differences.addAll(balances(customer, expected));
    }
    for (Deeds.Withdrawal unheard : asked.values()) {
      differences.addAll(unheard(unheard, paid));
    }
    tally = new Tally(deposits, withdrawals, refused, fills.count());
    return differences;
  }

  /** What the blocks paid to an address of the customer is in his history, once, and credited. */
  private List<String> deposits(
      Deeds.Owner owner, List<JsonNode> rows, Map<String, List<ChainTruth.Payment>> paid) {
    List<String> differences = new ArrayList<>();
    List<String> mined = new ArrayList<>();
    String address = deeds.address(owner).map(ChainTruth::plain).orElse("");
    for (ChainTruth.Payment payment : paid.getOrDefault(address, List.of())) {
      // The gas station's own ether for a sweep is no deposit.
      boolean external = payment.from().isEmpty() || payment.from().equals(payer);
      if (external && payment.asset().equals(owner.asset())) {
        mined.add(line(payment.txid(), payment.amount()));
      }
    }
    for (JsonNode row : rows) {
      if (row.path("status").asInt() != CREDITED) {
        differences.add(owner + ": not credited: " + row);
      }
      String txid = row.path("txId").asString().replaceFirst("^0x", "");
      if (!mined.remove(line(txid, coins(row, "amount")))) {
        differences.add(owner + ": in no block, or twice: " + row);
      }
    }
    mined.forEach(line -> differences.add(owner + ": paid and not in the history: " + line));
    return differences;
  }

  private static String line(String txid, BigDecimal amount) {
    return txid + " " + amount.setScale(SCALE, RoundingMode.DOWN).toPlainString();
  }

  private static List<String> withdrawal(
      Deeds.Withdrawal asked, JsonNode row, Map<String, List<ChainTruth.Payment>> paid) {
    int status = row.path("status").asInt();
    if (UNDER_WAY.contains(status)) {
      return List.of("under way: " + row);
    }
    List<ChainTruth.Payment> payments = payments(asked, paid);
    boolean right =
        status == COMPLETED
            ? payments.size() == 1
                && payments.getFirst().amount().compareTo(coins(row, "amount")) == 0
                && asked.answer() != Deeds.Answer.REFUSED
            : payments.isEmpty();
    return right ? List.of() : List.of(asked + " is " + row + ", and in blocks: " + payments);
  }

  /** A request that left no row was not accepted, and nothing was paid for it. */
  private static List<String> unheard(
      Deeds.Withdrawal asked, Map<String, List<ChainTruth.Payment>> paid) {
    List<ChainTruth.Payment> payments = payments(asked, paid);
    return asked.answer() != Deeds.Answer.ACCEPTED && payments.isEmpty()
        ? List.of()
        : List.of(asked + " is not in the history, and in blocks: " + payments);
  }

  private static List<ChainTruth.Payment> payments(
      Deeds.Withdrawal asked, Map<String, List<ChainTruth.Payment>> paid) {
    return paid.getOrDefault(ChainTruth.plain(asked.address()), List.of()).stream()
        .filter(payment -> payment.asset().equals(asked.asset()))
        .toList();
  }

  /** He has what he had, and what came and went since. */
  private List<String> balances(String customer, Map<String, BigDecimal> moved)
      throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    Map<String, BigDecimal> now = balances(customer);
    for (String asset : Customer.ASSETS) {
      BigDecimal expected =
          before
              .getOrDefault(new Deeds.Owner(customer, asset), BigDecimal.ZERO)
              .add(moved.getOrDefault(asset, BigDecimal.ZERO));
      BigDecimal has = now.getOrDefault(asset, BigDecimal.ZERO);
      if (has.compareTo(expected) != 0) {
        differences.add(
            "%s has %s %s and must have %s"
                .formatted(customer, has.toPlainString(), asset, expected.toPlainString()));
      }
    }
    return differences;
  }

  private Map<String, BigDecimal> balances(String customer)
      throws IOException, InterruptedException {
    Map<String, BigDecimal> balances = new TreeMap<>();
    for (JsonNode row :
        world.person(customer).signed("GET", "/api/v3/account", "").orThrow().path("balances")) {
      balances.put(row.path("asset").asString(), coins(row, "free").add(coins(row, "locked")));
    }
    return balances;
  }

  private List<JsonNode> rows(Deeds.Owner owner, String what)
      throws IOException, InterruptedException {
    List<JsonNode> rows = new ArrayList<>();
    int page = PAGE;
    while (page == PAGE) {
      JsonNode answer =
          world
              .person(owner.customer())
              .signed(
                  "GET",
                  "/sapi/v1/capital/" + what,
                  "coin=%s&limit=%d&offset=%d".formatted(owner.asset(), PAGE, rows.size()))
              .orThrow();
      page = answer.size();
      answer.forEach(rows::add);
    }
    return Collections.unmodifiableList(rows);
  }

  private static BigDecimal coins(JsonNode row, String field) {
    return new BigDecimal(row.path(field).asString());
  }
}
