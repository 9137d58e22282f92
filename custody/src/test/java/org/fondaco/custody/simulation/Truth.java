package org.fondaco.custody.simulation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;

/**
 * What branches say of custody's money, read from genesis each time: written apart from the
 * product, slow and plain.
 */
final class Truth {
  /** A deposit that is on the branch. */
  record Deposit(Asset asset, Venue.Place to, BigInteger atoms, long height) {}

  /** A payment by a transaction of custody's own. */
  record Payment(Asset asset, BigInteger atoms) {}

  /** Deposits by {@code txid:position}. */
  final Map<String, Deposit> deposits = new TreeMap<>();

  /** What strangers got from us, by script or address. */
  final Map<String, List<Payment>> payments = new HashMap<>();

  /** Outputs of ours. */
  final Map<String, BigInteger> unspent = new TreeMap<>();

  private final Map<Integer, BigInteger> held = new TreeMap<>();

  /** Came without transaction or log. */
  private final Map<Integer, BigInteger> hidden = new TreeMap<>();

  void hold(Asset asset, BigInteger atoms) {
    held.merge(asset.id(), atoms, BigInteger::add);
  }

  void hide(Asset asset, BigInteger atoms) {
    hidden.merge(asset.id(), atoms, BigInteger::add);
  }

  void pay(String to, Asset asset, BigInteger atoms) {
    payments.computeIfAbsent(to, k -> new ArrayList<>()).add(new Payment(asset, atoms));
  }

  void deposit(String key, Deposit deposit) {
    deposits.put(key, deposit);
  }

  /** Atoms of ours that transactions and logs show. */
  BigInteger held(Asset asset) {
    return held.getOrDefault(asset.id(), BigInteger.ZERO);
  }

  BigInteger hidden(Asset asset) {
    return hidden.getOrDefault(asset.id(), BigInteger.ZERO);
  }

  /** Together with another chain's. */
  Truth with(Truth other) {
    deposits.putAll(other.deposits);
    payments.putAll(other.payments);
    unspent.putAll(other.unspent);
    other.held.forEach((asset, atoms) -> held.merge(asset, atoms, BigInteger::add));
    other.hidden.forEach((asset, atoms) -> hidden.merge(asset, atoms, BigInteger::add));
    return this;
  }
}
