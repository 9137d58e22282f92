package org.fondaco.api.story;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** What everybody must have in the end, in whole coins, by the customers' own reckoning. */
final class Ledger {

  /** Takes an entry. */
  interface Entry {
    void take(String customer, String asset, BigDecimal amount);
  }

  private record Key(String customer, String asset) {}

  private final Map<Key, BigDecimal> amounts = new LinkedHashMap<>();

  void begin(String customer, String asset, BigDecimal amount) {
    amounts.put(new Key(customer, asset), amount);
  }

  void add(String customer, String asset, BigDecimal amount) {
    amounts.merge(new Key(customer, asset), amount, BigDecimal::add);
  }

  void forEach(Entry entry) {
    amounts.forEach((key, amount) -> entry.take(key.customer, key.asset, amount));
  }
}
