package org.fondaco.chain.utxo.consensus;

import java.util.List;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;

/** The cost of a transaction's signature operations (BIP-141). */
public final class OperationCost {
  private OperationCost() {}

  /** The rough count of old over all scripts, without what they spend. */
  public static long legacy(Transaction transaction) {
    long count = 0;
    for (Input input : transaction.inputs()) {
      count += Scripts.signatureOperations(input.scriptSig(), false);
    }
    for (Output output : transaction.outputs()) {
      count += Scripts.signatureOperations(output.script(), false);
    }
    return count;
  }

  /**
   * The whole cost: four for each operation outside of witnesses, one within.
   *
   * @param spent what each input spends; empty for a coinbase
   */
  public static long of(Transaction transaction, List<UnspentOutput> spent, ScriptFlags flags) {
    long cost = legacy(transaction) * Transaction.WITNESS_SCALE;
    for (int i = 0; i < spent.size(); i++) {
      Input input = transaction.inputs().get(i);
      byte[] script = spent.get(i).output().script();
      if (flags.has(ScriptFlag.P2SH) && Scripts.isScriptHash(script)) {
        byte[] redeem = Scripts.lastPush(input.scriptSig());
        cost += (long) Scripts.signatureOperations(redeem, true) * Transaction.WITNESS_SCALE;
        script = redeem;
      }
      if (flags.has(ScriptFlag.WITNESS)) {
        cost += witness(script, input.witness());
      }
    }
    return cost;
  }

  private static long witness(byte[] script, List<byte[]> witness) {
    Scripts.WitnessProgram program = Scripts.witnessProgram(script);
    if (program == null || program.version() != 0) {
      return 0;
    }
    if (program.program().length == 20) {
      return 1;
    }
    return program.program().length == 32 && !witness.isEmpty()
        ? Scripts.signatureOperations(witness.getLast(), true)
        : 0;
  }
}
