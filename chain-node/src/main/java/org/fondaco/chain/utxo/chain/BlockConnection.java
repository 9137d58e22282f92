package org.fondaco.chain.utxo.chain;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.LockTimes;
import org.fondaco.chain.utxo.consensus.OperationCost;
import org.fondaco.chain.utxo.consensus.ScriptRules;
import org.fondaco.chain.utxo.consensus.SpendRules;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.consensus.UnspentOutputs;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Spending;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Puts one block onto the chain in thought: Bitcoin Core's ConnectBlock. Used once, by one thread.
 */
final class BlockConnection {
  /** From here on a height that BIP-34 demands could repeat an old coinbase. */
  private static final int BIP34_REPEATS_HEIGHT = 1_983_702;

  private final Consensus consensus;
  private final SpendRules spends;
  private final ScriptChecks scripts;
  private final BlockEntry parent;
  private final int height;
  private final Changes changes;
  private final List<List<UnspentOutput>> spent = new ArrayList<>();
  private final List<Spending> spendings = new ArrayList<>();
  private long operations;
  private long fees;

  BlockConnection(
      Consensus consensus, ScriptChecks scripts, BlockEntry parent, UnspentOutputs base) {
    this.consensus = consensus;
    this.scripts = scripts;
    this.parent = parent;
    spends = new SpendRules(consensus);
    height = parent.height() + 1;
    changes = new Changes(base);
  }

  /** Null if the block keeps every rule, else Bitcoin Core's word for the one it breaks. */
  @Nullable String connect(Block block) {
    ScriptFlags flags = ScriptRules.flags(consensus, height, block.hash());
    if (height < consensus.forks().bip34() || height >= BIP34_REPEATS_HEIGHT) {
      String reason = checkRepeats(block);
      if (reason != null) {
        return reason;
      }
    }
    List<Transaction> all = block.transactions();
    boolean anyOrder = height >= consensus.forks().cash();
    if (anyOrder) { // an output may be spent by what comes before it
      all.forEach(transaction -> changes.add(transaction, height));
    } else {
      changes.add(all.getFirst(), height);
    }
    operations = OperationCost.of(all.getFirst(), List.of(), flags);
    for (Transaction transaction : all.subList(1, all.size())) {
      String reason = spend(transaction, flags);
      if (reason != null) {
        return reason;
      }
      if (!anyOrder) {
        changes.add(transaction, height);
      }
    }
    return checkAmountAndScripts(all.getFirst(), flags);
  }

  /** BIP-30: no transaction has the id of one with unspent outputs. */
  private @Nullable String checkRepeats(Block block) {
    for (Transaction transaction : block.transactions()) {
      for (int i = 0; i < transaction.outputs().size(); i++) {
        if (changes.find(new OutPoint(transaction.txid(), i)) != null) {
          return "bad-txns-BIP30";
        }
      }
    }
    return null;
  }

  private @Nullable String spend(Transaction transaction, ScriptFlags flags) {
    List<UnspentOutput> inputs = new ArrayList<>(transaction.inputs().size());
    for (Input input : transaction.inputs()) {
      UnspentOutput found = changes.find(input.outPoint());
      if (found == null) {
        return "bad-txns-inputs-missingorspent";
      }
      inputs.add(found);
      changes.spend(input.outPoint());
    }
    switch (spends.check(transaction, inputs, height)) {
      case SpendRules.Verdict.Refused refused -> {
        return refused.reason();
      }
      case SpendRules.Verdict.Pays pays -> fees += pays.fee();
    }
    if (fees > consensus.moneyMax()) {
      return "bad-txns-accumulated-fee-outofrange";
    }
    if (height >= consensus.forks().csv()
        && !LockTimes.sequencesAreOver(transaction, inputs, parent)) {
      return "bad-txns-nonfinal";
    }
    operations += OperationCost.of(transaction, inputs, flags);
    if (!consensus.isCash() && operations > consensus.limits().operationsMax()) {
      return "bad-blk-sigops";
    }
    spent.add(inputs);
    spendings.add(new Spending(transaction, inputs.stream().map(UnspentOutput::output).toList()));
    return null;
  }

  private @Nullable String checkAmountAndScripts(Transaction coinbase, ScriptFlags flags) {
    long created = 0;
    for (Output output : coinbase.outputs()) {
      created += output.value();
    }
    if (created > fees + consensus.subsidy(height)) {
      return "bad-cb-amount";
    }
    return scripts.check(spendings, flags).orElse(null);
  }

  /** What is unspent afterwards; only of a block that keeps every rule. */
  Changes changes() {
    return changes;
  }

  Undo undo() {
    return new Undo(spent);
  }

  /** What its transactions leave to the miner, in satoshi. */
  long fees() {
    return fees;
  }
}
