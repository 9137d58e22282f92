package org.fondaco.engine.naive;

import java.math.BigInteger;
import org.fondaco.engine.core.InternalSources;
import org.fondaco.engine.core.SystemAccounts;
import org.fondaco.engine.naive.NaiveState.Balance;
import org.fondaco.engine.naive.NaiveState.BalanceKey;
import org.fondaco.engine.naive.NaiveState.Source;
import org.fondaco.engine.naive.NaiveState.StoredOutcome;
import org.fondaco.engine.protocol.EngineEvent;

/** Totals and positions, added up from nothing each time. */
final class NaiveMarks {

  private final NaiveState state;

  NaiveMarks(NaiveState state) {
    this.state = state;
  }

  void mark(long cutId) {
    for (int asset : state.assets.keySet()) {
      BigInteger free = BigInteger.ZERO;
      BigInteger held = BigInteger.ZERO;
      for (BalanceKey key : state.balances.keySet()) {
        if (key.asset() == asset && !SystemAccounts.isSystem(key.account())) {
          Balance balance = state.balance(key.account(), asset);
          free = free.add(BigInteger.valueOf(balance.total - balance.held));
          held = held.add(BigInteger.valueOf(balance.held));
        }
      }
      state.emit(
          new EngineEvent.MarkTotals(
              cutId,
              asset,
              total(SystemAccounts.CUSTODY, asset),
              total(SystemAccounts.FEES, asset),
              total(SystemAccounts.ROUNDING, asset),
              total(SystemAccounts.SUSPENSE, asset),
              total(SystemAccounts.HOUSE, asset),
              total(SystemAccounts.TEST_FUNDS, asset),
              free.longValueExact(),
              held.longValueExact()));
    }
    Source custody = state.sources.getOrDefault(InternalSources.CUSTODY, new Source());
    state.emit(new EngineEvent.Marked(cutId, custody.last, state.assets.size()));
  }

  private long total(long account, int asset) {
    Balance balance = state.balances.get(new BalanceKey(account, asset));
    return balance == null ? 0 : balance.total;
  }

  /** A source that asks about itself is told of its last finished command. */
  void source(int id) {
    Source source = state.sources.getOrDefault(id, new Source());
    StoredOutcome last = source.outcomes.isEmpty() ? null : source.outcomes.lastEntry().getValue();
    state.emit(
        new EngineEvent.SourceState(
            id,
            last == null ? 0 : last.outcome().sourceSequence(),
            last == null ? 0 : last.payload().high(),
            last == null ? 0 : last.payload().low(),
            source.frozen));
  }
}
