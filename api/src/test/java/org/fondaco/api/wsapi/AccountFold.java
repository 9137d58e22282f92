package org.fondaco.api.wsapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a client makes of user data events that knows nothing else: the naive reference for what
 * REST answers.
 */
final class AccountFold {
  final Map<Long, JsonNode> lastReports = new TreeMap<>();
  final Map<Long, String> names = new TreeMap<>();
  final List<String> trades = new ArrayList<>();
  final Map<String, String> balances = new TreeMap<>();
  final Map<String, BigDecimal> transfers = new TreeMap<>();
  final Map<Long, List<String>> listStatuses = new TreeMap<>();
  final TreeSet<Long> executions = new TreeSet<>();
  final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<Long, BigDecimal> filled = new TreeMap<>();
  private final Map<Long, BigDecimal> quote = new TreeMap<>();

  void event(JsonNode event) {
    switch (event.path("e").asString()) {
      case "executionReport" -> report(event);
      case "outboundAccountPosition" ->
          event
              .path("B")
              .values()
              .forEach(each ->
                  balances.put(
                      each.path("a").asString(),
                      each.path("f").asString() + " " + each.path("l").asString()));
      case "balanceUpdate" ->
          transfers.merge(
              event.path("a").asString(),
              new BigDecimal(event.path("d").asString()),
              BigDecimal::add);
      case "listStatus" ->
          listStatuses
              .computeIfAbsent(event.path("g").asLong(), _ -> new ArrayList<>())
              .add(event.path("L").asString());
      default -> throw new AssertionError("what is " + event);
    }
  }

  private void report(JsonNode report) {
    long order = report.path("i").asLong();
    String type = report.path("x").asString();
    kinds.merge(type + " " + report.path("X").asString(), 1, Integer::sum);
    assertThat(executions.add(report.path("I").asLong())).as("twice: %s", report).isTrue();
    JsonNode before = lastReports.get(order);
    if (before != null) {
      assertThat(before.path("X").asString())
          .as("%s after its end, %s", report, before)
          .isIn("NEW", "PENDING_NEW", "PARTIALLY_FILLED");
    } else {
      assertThat(type).isEqualTo("NEW");
    }
    BigDecimal last = new BigDecimal(report.path("l").asString());
    assertThat(type.equals("TRADE")).isEqualTo(last.signum() > 0);
    BigDecimal sum = filled.merge(order, last, BigDecimal::add);
    BigDecimal spent =
        quote.merge(order, new BigDecimal(report.path("Y").asString()), BigDecimal::add);
    assertThat(new BigDecimal(report.path("z").asString())).as("%s", report).isEqualTo(sum);
    assertThat(new BigDecimal(report.path("Z").asString())).as("%s", report).isEqualTo(spent);
    lastReports.put(order, report);
    names.put(order, report.path(type.equals("CANCELED") ? "C" : "c").asString());
    if (type.equals("TRADE")) {
      trades.add(
          "%s %s %s %s %s %s %s %s %s %s"
              .formatted(
                  report.path("t").asLong(),
                  order,
                  report.path("L").asString(),
                  report.path("l").asString(),
                  report.path("Y").asString(),
                  report.path("n").asString(),
                  report.path("N").asString(),
                  report.path("T").asLong(),
                  report.path("S").asString().equals("BUY"),
                  report.path("m").asBoolean()));
    }
  }

  /** The last report of an order in the words of REST. */
  String order(long orderId) {
    JsonNode report = Objects.requireNonNull(lastReports.get(orderId));
    return orderId
        + " "
        + names.get(orderId)
        + " "
        + String.join(
            " ",
            List.of("p", "q", "z", "Z", "X", "f", "o", "S", "P", "F", "Q", "V").stream()
                .map(name -> report.path(name).asString())
                .toList())
        + " "
        + report.path("O").asLong()
        + " "
        + report.path("W").asLong(-1)
        + " "
        + report.path("g").asLong();
  }

  /** The same of an order as REST answers it. */
  static String order(JsonNode order) {
    return order.path("orderId").asLong()
        + " "
        + order.path("clientOrderId").asString()
        + " "
        + String.join(
            " ",
            List.of(
                    "price",
                    "origQty",
                    "executedQty",
                    "cummulativeQuoteQty",
                    "status",
                    "timeInForce",
                    "type",
                    "side",
                    "stopPrice",
                    "icebergQty",
                    "origQuoteOrderQty",
                    "selfTradePreventionMode")
                .stream()
                .map(name -> order.path(name).asString())
                .toList())
        + " "
        + order.path("time").asLong()
        + " "
        + order.path("workingTime").asLong()
        + " "
        + order.path("orderListId").asLong();
  }
}
