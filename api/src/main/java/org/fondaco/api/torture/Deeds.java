package org.fondaco.api.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What the customers did, as they remember it. Thread-safe. */
final class Deeds {

  /** What the venue said. */
  enum Answer {
    ACCEPTED,
    REFUSED,
    /** Nothing, or that it does not know: the request may or may not be done. */
    NONE
  }

  /** A withdrawal that was asked for; each has an address of its own. */
  record Withdrawal(String customer, String asset, String orderId, String address, Answer answer) {}

  /** An order that was accepted. */
  record Order(String customer, String symbol, long orderId) {}

  /** Whose an address is. */
  record Owner(String customer, String asset) {}

  private final Map<Owner, String> addresses = new ConcurrentHashMap<>();
  private final Map<String, Withdrawal> withdrawals = new TreeMap<>();
  private final List<Order> orders = new ArrayList<>();
  private long acts;

  /** The customer's deposit address, once he knows it. */
  Optional<String> address(Owner owner) {
    return Optional.ofNullable(addresses.get(owner));
  }

  void knows(Owner owner, String address) {
    String before = addresses.put(owner, address);
    if (before != null && !before.equals(address)) {
      throw new Violation(owner + " had the address " + before + " and now has " + address);
    }
  }

  /** Something was done and answered. */
  synchronized void acted() {
    acts++;
  }

  synchronized void asked(Withdrawal withdrawal) {
    withdrawals.put(withdrawal.orderId(), withdrawal);
  }

  synchronized void placed(Order order) {
    orders.add(order);
  }

  /** How often something was done and answered. */
  synchronized long acts() {
    return acts;
  }

  synchronized List<Withdrawal> withdrawals() {
    return List.copyOf(withdrawals.values());
  }

  /** The orders since this was asked last. */
  synchronized List<Order> takeOrders() {
    List<Order> taken = List.copyOf(orders);
    orders.clear();
    return taken;
  }
}
