package org.fondaco.chain.utxo.chain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.consensus.UnspentOutputs;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** Unspent outputs as they would be, over others as they are. One thread. */
final class Changes implements UnspentOutputs {
  private final UnspentOutputs base;

  /** Empty where an output is no longer unspent. */
  private final Map<OutPoint, Optional<UnspentOutput>> changed = new HashMap<>();

  Changes(UnspentOutputs base) {
    this.base = base;
  }

  @Override
  public @Nullable UnspentOutput find(OutPoint outPoint) {
    Optional<UnspentOutput> change = changed.get(outPoint);
    return change == null ? base.find(outPoint) : change.orElse(null);
  }

  /** Adds a transaction's outputs; those that no one can spend are never unspent. */
  void add(Transaction transaction, int height) {
    boolean coinbase = transaction.isCoinbase();
    List<Output> outputs = transaction.outputs();
    for (int i = 0; i < outputs.size(); i++) {
      if (!Scripts.isUnspendable(outputs.get(i).script())) {
        changed.put(
            new OutPoint(transaction.txid(), i),
            Optional.of(new UnspentOutput(outputs.get(i), height, coinbase)));
      }
    }
  }

  void spend(OutPoint outPoint) {
    changed.put(outPoint, Optional.empty());
  }

  /** Takes a block back: its outputs go, what it spent comes again. */
  void undo(List<Transaction> transactions, Undo undo) {
    Set<Hash> ids = new HashSet<>();
    for (Transaction transaction : transactions) {
      ids.add(transaction.txid());
      for (int k = 0; k < transaction.outputs().size(); k++) {
        changed.put(new OutPoint(transaction.txid(), k), Optional.empty());
      }
    }
    // What the block itself made and spent does not come back.
    for (int i = transactions.size() - 1; i > 0; i--) {
      List<Input> inputs = transactions.get(i).inputs();
      for (int k = 0; k < inputs.size(); k++) {
        OutPoint outPoint = inputs.get(k).outPoint();
        if (!ids.contains(outPoint.txid())) {
          changed.put(outPoint, Optional.of(undo.spent().get(i - 1).get(k)));
        }
      }
    }
  }

  Map<OutPoint, Optional<UnspentOutput>> changed() {
    return changed;
  }
}
