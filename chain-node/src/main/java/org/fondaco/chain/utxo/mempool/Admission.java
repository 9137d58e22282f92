package org.fondaco.chain.utxo.mempool;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fondaco.chain.utxo.cash.CashPolicy;
import org.fondaco.chain.utxo.cash.CashTransactionRules;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.LockTimes;
import org.fondaco.chain.utxo.consensus.OperationCost;
import org.fondaco.chain.utxo.consensus.ScriptRules;
import org.fondaco.chain.utxo.consensus.SpendRules;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.mempool.Mempool.Verdict;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.token.TokenRules;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.transaction.TransactionRules;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Whether a transaction may come into the pool: Bitcoin Core's MemPoolAccept, in its order and with
 * its words. The caller holds the locks of chain and pool.
 */
final class Admission {
  private static final long OPERATIONS_COST_MAX = 16_000;

  private final UtxoChain chain;
  private final Relations relations;
  private final MempoolPolicy policy;
  private final InstantSource clock;
  private final TransactionRules alone;
  private final SpendRules spends;
  private final StandardRules standard;
  private final Replacement replacement;

  Admission(UtxoChain chain, Relations relations, MempoolPolicy policy, InstantSource clock) {
    this.chain = chain;
    this.relations = relations;
    this.policy = policy;
    this.clock = clock;
    alone = new TransactionRules(chain.consensus().moneyMax());
    spends = new SpendRules(chain.consensus());
    standard = new StandardRules(policy);
    replacement = new Replacement(relations, policy);
  }

  /**
   * Judges a transaction.
   *
   * @param minimum what it must pay
   * @param again whether it was in a block or in the pool before, so that limits do not count
   */
  Verdict judge(Transaction transaction, FeeRate minimum, boolean again) {
    String reason = checkAlone(transaction);
    if (reason != null) {
      return refused(reason);
    }
    if (relations.find(transaction.txid()) != null) {
      return refused("txn-already-in-mempool");
    }
    List<UnspentOutput> spent = new ArrayList<>();
    for (Input input : transaction.inputs()) {
      UnspentOutput found = find(input.outPoint());
      if (found == null) {
        return new Verdict.Refused(
            isKnown(transaction) ? "txn-already-known" : "bad-txns-inputs-missingorspent",
            !isKnown(transaction));
      }
      spent.add(found);
    }
    return judgeSpending(transaction, spent, minimum, again);
  }

  private static Verdict refused(String reason) {
    return new Verdict.Refused(reason, false);
  }

  private @Nullable String checkAlone(Transaction transaction) {
    String reason = alone.check(transaction);
    if (reason == null && chain.consensus().isCash()) {
      reason = CashTransactionRules.checkAlone(transaction);
    }
    if (reason != null) {
      return reason;
    }
    if (transaction.isCoinbase()) {
      return "coinbase";
    }
    if (policy.standardOnly() && !chain.consensus().isCash()) {
      reason = standard.check(transaction);
      if (reason != null) {
        return reason;
      }
    }
    BlockEntry tip = chain.tip();
    return LockTimes.isFinal(transaction, tip.height() + 1, tip.medianTimePast())
        ? null
        : "non-final";
  }

  private @Nullable UnspentOutput find(OutPoint outPoint) {
    MempoolEntry parent = relations.find(outPoint.txid());
    if (parent == null) {
      return chain.find(outPoint);
    }
    List<Output> outputs = parent.transaction().outputs();
    return outPoint.index() < outputs.size()
        ? new UnspentOutput(outputs.get((int) outPoint.index()), chain.tip().height() + 1, false)
        : null;
  }

  /** Whether an output of it is unspent on the chain: then its inputs are gone for it. */
  private boolean isKnown(Transaction transaction) {
    for (int i = 0; i < transaction.outputs().size(); i++) {
      if (chain.find(new OutPoint(transaction.txid(), i)) != null) {
        return true;
      }
    }
    return false;
  }

  private Verdict judgeSpending(
      Transaction transaction, List<UnspentOutput> spent, FeeRate minimum, boolean again) {
    BlockEntry tip = chain.tip();
    if (!LockTimes.sequencesAreOver(transaction, spent, tip)) {
      return refused("non-BIP68-final");
    }
    long fee;
    switch (spends.check(transaction, spent, tip.height() + 1)) {
      case SpendRules.Verdict.Refused wrong -> {
        return refused(wrong.reason());
      }
      case SpendRules.Verdict.Pays pays -> fee = pays.fee();
    }
    List<Output> outputs = spent.stream().map(UnspentOutput::output).toList();
    String reason = checkStandardInputs(transaction, outputs);
    if (reason == null && chain.consensus().isCash()) {
      reason = TokenRules.check(transaction, outputs);
    }
    if (reason != null) {
      return refused(reason);
    }
    ScriptFlags flags = ScriptRules.flags(chain.consensus(), tip.height() + 1, Hash.ZERO);
    long operations = OperationCost.of(transaction, spent, flags);
    if (operations > OPERATIONS_COST_MAX && !chain.consensus().isCash()) {
      return refused("bad-txns-too-many-sigops");
    }
    int size = MempoolEntry.virtualSize(transaction, operations);
    if (fee < minimum.fee(size)) {
      String word =
          minimum.equals(policy.minimumRate())
              ? "min relay fee not met"
              : "mempool min fee not met";
      return refused(word + ", " + fee + " < " + minimum.fee(size));
    }
    MempoolEntry entry =
        new MempoolEntry(
            transaction, fee, size, operations, clock.instant().getEpochSecond(), tip.height());
    return judgePackage(entry, new Spending(transaction, outputs), flags, again);
  }

  private @Nullable String checkStandardInputs(Transaction transaction, List<Output> spent) {
    if (!policy.standardOnly()) {
      return null;
    }
    return chain.consensus().isCash()
        ? CashPolicy.check(transaction, spent)
        : standard.checkInputs(transaction, spent);
  }

  private Verdict judgePackage(
      MempoolEntry entry, Spending spending, ScriptFlags flags, boolean again) {
    Set<MempoolEntry> conflicts = relations.conflicts(entry.transaction());
    Set<MempoolEntry> leaving = new LinkedHashSet<>();
    conflicts.forEach(each -> leaving.addAll(relations.withDescendants(each)));
    Set<MempoolEntry> ancestors = relations.ancestors(entry.transaction());
    String reason = again ? null : checkChain(entry, ancestors, leaving);
    if (reason == null && !conflicts.isEmpty()) {
      reason = replacement.check(entry, conflicts, leaving, ancestors);
    }
    if (reason != null) {
      return refused(reason);
    }
    Optional<String> wrong = chain.scripts().checkForPool(spending, flags, policy.standardOnly());
    return wrong.isPresent()
        ? refused(wrong.get())
        : new Verdict.Accepted(entry, List.copyOf(leaving));
  }

  /** The limits of chains of transactions that wait for one another. */
  private @Nullable String checkChain(
      MempoolEntry entry, Set<MempoolEntry> ancestors, Set<MempoolEntry> leaving) {
    if (ancestors.size() + 1 > policy.ancestorsMax()
        || Mempool.sizes(ancestors) + entry.virtualSize() > policy.packageSizeMax()) {
      return "too-long-mempool-chain, too many unconfirmed ancestors [limit: "
          + policy.ancestorsMax()
          + "]";
    }
    for (MempoolEntry ancestor : ancestors) {
      Set<MempoolEntry> descendants = new LinkedHashSet<>(relations.withDescendants(ancestor));
      descendants.removeAll(leaving);
      if (descendants.size() + 1 > policy.ancestorsMax()
          || Mempool.sizes(descendants) + entry.virtualSize() > policy.packageSizeMax()) {
        return "too-long-mempool-chain, too many descendants for tx "
            + ancestor.transaction()
            + " [limit: "
            + policy.ancestorsMax()
            + "]";
      }
    }
    return null;
  }
}
