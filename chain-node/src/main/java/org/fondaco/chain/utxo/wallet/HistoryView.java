package org.fondaco.chain.utxo.wallet;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.word.Hash;

/** Tells of transactions; under the lock of the wallet. */
record HistoryView(WalletHistory history, WalletKeys keys) {
  WalletViews.History of(Entry entry) {
    List<WalletViews.Part> parts = new ArrayList<>();
    List<Output> outputs = entry.transaction().outputs();
    for (int i = 0; i < outputs.size(); i++) {
      Owned owned = keys.find(outputs.get(i).script());
      parts.add(
          new WalletViews.Part(
              i, outputs.get(i), owned != null, owned != null && owned.line().isInternal()));
    }
    return new WalletViews.History(
        entry.transaction(),
        entry.timeSeconds(),
        entry.block(),
        entry.position(),
        history.depth(entry),
        history.isWaiting(entry),
        history.isTrusted(entry),
        history.debit(entry),
        history.credit(entry),
        entry.block() != null && history.blocksToMaturity(entry) > 0,
        parts,
        conflicts(entry));
  }

  private List<Hash> conflicts(Entry entry) {
    Hash own = entry.transaction().txid();
    List<Hash> conflicts = new ArrayList<>();
    for (Input input : entry.transaction().inputs()) {
      for (Hash txid : history.spenders(input.outPoint())) {
        if (!txid.equals(own) && !conflicts.contains(txid)) {
          conflicts.add(txid);
        }
      }
    }
    return conflicts;
  }
}
