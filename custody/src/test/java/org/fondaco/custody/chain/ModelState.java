package org.fondaco.custody.chain;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Balances and nonces after a block of a {@link ModelEvm}. They may fall below zero: the model does
 * as it is told.
 *
 * @param balances by account, and of tokens by {@code contract/account}
 */
record ModelState(Map<String, BigInteger> balances, Map<String, Long> nonces) {

  ModelState copy() {
    return new ModelState(new HashMap<>(balances), new HashMap<>(nonces));
  }

  private void add(String key, BigInteger atoms) {
    balances.merge(key, atoms, BigInteger::add);
  }

  private BigInteger of(String key) {
    return balances.getOrDefault(key, BigInteger.ZERO);
  }

  /** Whether a block may take it; who is not held to a reserve makes coins as he likes. */
  boolean covers(ModelEvm.Call call, @Nullable BigInteger reserve) {
    return reserve == null
        || of(call.transaction().from()).compareTo(call.transaction().value().add(reserve)) >= 0;
  }

  /** Does it, and says what was done: who has too few tokens moves none. */
  ModelEvm.Call execute(ModelEvm.Call call, boolean strictly) {
    boolean able =
        !strictly
            || call.moves().stream()
                .allMatch(m -> of(m.contract() + "/" + m.from()).compareTo(m.atoms()) >= 0);
    ModelEvm.Call done =
        able || !call.succeeds()
            ? call
            : new ModelEvm.Call(
                call.transaction(),
                call.fee(),
                false,
                call.moves(),
                call.hidden(),
                call.logsBefore());
    apply(done);
    return done;
  }

  private void apply(ModelEvm.Call call) {
    String from = call.transaction().from();
    add(from, call.fee().negate());
    if (!call.succeeds()) {
      return;
    }
    String to = call.transaction().to();
    add(from, call.transaction().value().negate());
    add(to == null ? "made" : to, call.transaction().value());
    if (call.hidden() != null) {
      add("contract", call.hidden().atoms().negate());
      add(call.hidden().to(), call.hidden().atoms());
    }
    for (ModelEvm.Move move : call.moves()) {
      add(move.contract() + "/" + move.from(), move.atoms().negate());
      add(move.contract() + "/" + move.to(), move.atoms());
    }
  }
}
