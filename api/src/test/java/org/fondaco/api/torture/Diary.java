package org.fondaco.api.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What clients were told, kept by them; whatever happens to the venue, it must still be true
 * afterwards. Thread-safe.
 */
final class Diary {

  /**
   * An order as last told.
   *
   * @param quantity null when an amendment had no answer
   */
  record Known(
      String user,
      String symbol,
      String clientOrderId,
      String status,
      BigDecimal executed,
      BigDecimal quantity) {

    boolean ended() {
      return OrderStates.ended(status);
    }
  }

  /** A request to place an order, by the id that its client gave it. */
  record Asked(String user, String symbol, String clientOrderId) {}

  private final Map<Long, Known> told = new HashMap<>();
  private final Set<Long> amendmentsUnanswered = new HashSet<>();
  private final Set<Asked> refused = new HashSet<>();
  private final Set<Asked> unanswered = new HashSet<>();
  private long acknowledgements;

  /** A request was answered with this report of an order, in any of the API's forms of it. */
  synchronized void told(String user, JsonNode report) {
    acknowledgements++;
    String clientOrderId =
        report.has("origClientOrderId") && !report.has("qty")
            ? report.get("origClientOrderId").asString()
            : report.get("clientOrderId").asString();
    String quantity = report.has("qty") ? "qty" : "origQty";
    told.put(
        report.get("orderId").asLong(),
        new Known(
            user,
            report.get("symbol").asString(),
            clientOrderId,
            report.get("status").asString(),
            new BigDecimal(report.get("executedQty").asString()),
            new BigDecimal(report.get(quantity).asString())));
  }

  synchronized void refused(String user, String symbol, String clientOrderId) {
    refused.add(new Asked(user, symbol, clientOrderId));
  }

  synchronized void unanswered(String user, String symbol, String clientOrderId) {
    unanswered.add(new Asked(user, symbol, clientOrderId));
  }

  synchronized void amendmentUnanswered(long orderId) {
    amendmentsUnanswered.add(orderId);
  }

  /** How many orders were reported so far, repeatedly counted. */
  synchronized long acknowledgements() {
    return acknowledgements;
  }

  synchronized int unanswered() {
    return unanswered.size();
  }

  /** Everything told still holds, and what was not told was done or was not. */
  synchronized void verify(Picture picture) {
    List<String> lost = new ArrayList<>();
    told.forEach((orderId, known) -> {
      Picture.Order found = picture.orders().get(orderId);
      String difference = found == null ? "is gone" : difference(orderId, known, found);
      if (!difference.isEmpty()) {
        lost.add("order " + orderId + " " + known + " " + difference);
      }
    });
    assertThat(lost).as("lost of %d told", told.size()).isEmpty();
    Set<Asked> placed = new HashSet<>();
    picture
        .orders()
        .values()
        .forEach(
            order -> placed.add(new Asked(order.user(), order.symbol(), order.clientOrderId())));
    assertThat(refused).as("refused, and yet placed").doesNotContainAnyElementsOf(placed);
    Set<Asked> accountedFor = new HashSet<>(unanswered);
    told.values()
        .forEach(known ->
            accountedFor.add(new Asked(known.user(), known.symbol(), known.clientOrderId())));
    assertThat(accountedFor).as("orders nobody asked for").containsAll(placed);
  }

  private String difference(long orderId, Known known, Picture.Order found) {
    if (!found.user().equals(known.user())
        || !found.symbol().equals(known.symbol())
        || !found.clientOrderId().equals(known.clientOrderId())) {
      return "is another: " + found;
    }
    boolean amended =
        !amendmentsUnanswered.contains(orderId)
            && found.quantity().compareTo(known.quantity()) != 0;
    if (amended) {
      return "has another quantity: " + found;
    }
    boolean went =
        known.ended()
            ? !found.status().equals(known.status())
                || found.executed().compareTo(known.executed()) != 0
            : found.executed().compareTo(known.executed()) < 0
                || known.status().equals("NEW") && found.status().equals("PENDING_NEW");
    return went ? "went back: " + found : "";
  }
}
