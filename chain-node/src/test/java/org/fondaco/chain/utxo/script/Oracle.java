package org.fondaco.chain.utxo.script;

import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.Script;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.TxOut;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;

/** bitcoin-kmp's interpreter, asked the same as ours. */
final class Oracle {
  private Oracle() {}

  /** Whether the input may spend its output; what bitcoin-kmp throws on is refused. */
  static boolean verify(Spending spending, int index, ScriptFlags flags) {
    Input input = spending.transaction().inputs().get(index);
    Output spent = spending.spent().get(index);
    try {
      fr.acinq.bitcoin.Transaction transaction =
          fr.acinq.bitcoin.Transaction.read(spending.transaction().encode());
      List<TxOut> outputs =
          spending.spent().stream()
              .map(output -> new TxOut(new Satoshi(output.value()), output.script()))
              .toList();
      Script.Context context =
          new Script.Context(transaction, index, new Satoshi(spent.value()), outputs);
      ScriptWitness witness =
          new ScriptWitness(
              input.witness().stream().map(fr.acinq.bitcoin.ByteVector::new).toList());
      return new Script.Runner(context, mask(flags))
          .verifyScripts(input.scriptSig(), spent.script(), witness);
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Bitcoin Core's bits, which are in the order of our flags. */
  static int mask(ScriptFlags flags) {
    return Math.toIntExact(flags.mask());
  }
}
