package org.fondaco.chain.utxo.mempool;

import java.util.HashSet;
import java.util.Set;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** When a transaction may take the place of others: BIP-125, as Bitcoin Core has it today. */
final class Replacement {
  private static final int LEAVING_MAX = 100;

  private final Relations relations;
  private final MempoolPolicy policy;

  Replacement(Relations relations, MempoolPolicy policy) {
    this.relations = relations;
    this.policy = policy;
  }

  /**
   * Null if it may, else Core's word for why not.
   *
   * @param conflicts those that spend the same outputs
   * @param leaving those and all that spend them
   * @param ancestors of the new one
   */
  @Nullable String check(
      MempoolEntry entry,
      Set<MempoolEntry> conflicts,
      Set<MempoolEntry> leaving,
      Set<MempoolEntry> ancestors) {
    if (!conflicts.stream().allMatch(this::isReplaceable)) {
      return "txn-mempool-conflict";
    }
    for (MempoolEntry ancestor : ancestors) {
      if (leaving.contains(ancestor)) {
        return "bad-txns-spends-conflicting-tx, "
            + entry.transaction()
            + " spends conflicting "
            + "transaction "
            + ancestor.transaction();
      }
    }
    if (leaving.size() > LEAVING_MAX) {
      return "too many potential replacements, rejecting replacement "
          + entry.transaction()
          + "; too many potential replacements ("
          + leaving.size()
          + " > "
          + LEAVING_MAX
          + ")";
    }
    return addsUnconfirmed(entry, conflicts)
        ? "replacement-adds-unconfirmed, replacement "
            + entry.transaction()
            + " adds unconfirmed "
            + "input"
        : checkFees(entry, conflicts, leaving);
  }

  private boolean isReplaceable(MempoolEntry entry) {
    return switch (policy.replaced()) {
      case NONE -> false;
      case SIGNALLED ->
          entry.signalsReplacement()
              || relations.ancestors(entry.transaction()).stream()
                  .anyMatch(MempoolEntry::signalsReplacement);
      case ALL -> true;
    };
  }

  /** Rule 2: what it spends in the pool its victims spent too. */
  private boolean addsUnconfirmed(MempoolEntry entry, Set<MempoolEntry> conflicts) {
    Set<Hash> spentBefore = new HashSet<>();
    for (MempoolEntry conflict : conflicts) {
      conflict.transaction().inputs().forEach(input -> spentBefore.add(input.outPoint().txid()));
    }
    for (Input input : entry.transaction().inputs()) {
      Hash txid = input.outPoint().txid();
      if (!spentBefore.contains(txid) && relations.find(txid) != null) {
        return true;
      }
    }
    return false;
  }

  /** Rules 3, 4 and 6: more for its size than each, more than all, and the relay of itself. */
  private @Nullable String checkFees(
      MempoolEntry entry, Set<MempoolEntry> conflicts, Set<MempoolEntry> leaving) {
    for (MempoolEntry conflict : conflicts) {
      if (FeeRate.compare(entry.fee(), entry.virtualSize(), conflict.fee(), conflict.virtualSize())
          <= 0) {
        return "insufficient fee, rejecting replacement "
            + entry.transaction()
            + "; new feerate "
            + FeeRate.of(entry.fee(), entry.virtualSize())
            + " BTC/kvB <= old feerate "
            + FeeRate.of(conflict.fee(), conflict.virtualSize())
            + " BTC/kvB";
      }
    }
    long paid = Mempool.fees(leaving);
    if (entry.fee() < paid) {
      return "insufficient fee, rejecting replacement "
          + entry.transaction()
          + ", less fees than conflicting txs";
    }
    return entry.fee() - paid < policy.replacementRate().fee(entry.virtualSize())
        ? "insufficient fee, rejecting replacement "
            + entry.transaction()
            + ", not enough additional fees to relay"
        : null;
  }
}
