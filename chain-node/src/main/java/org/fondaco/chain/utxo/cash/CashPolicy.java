package org.fondaco.chain.utxo.cash;

import java.util.List;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.token.TokenScript;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Which transactions Bitcoin Cash's nodes relay: Bitcoin Cash Node's IsStandardTx. */
public final class CashPolicy {
  private static final int VERSION_MAX = 2;
  private static final int BYTES_MAX = 100_000;
  private static final int INPUT_SCRIPT_BYTES_MAX = 1_650;
  private static final int DATA_BYTES_MAX = 223;

  /** Of outputs that are made; those that are spent may have more. */
  private static final int MULTISIG_KEYS_MAX = 3;

  /** What an output will cost to spend, at three satoshi a byte. */
  private static final int SPENDING_BYTES = 148;

  private static final int DUST_FEE_RATE = 3;

  private CashPolicy() {}

  /** Null if the transaction is standard, else the word for why not. */
  public static @Nullable String check(Transaction transaction, List<Output> spent) {
    if (transaction.version() < 1 || transaction.version() > VERSION_MAX) {
      return "version";
    }
    if (transaction.size() > BYTES_MAX) {
      return "tx-size";
    }
    for (Input input : transaction.inputs()) {
      if (input.scriptSig().length > INPUT_SCRIPT_BYTES_MAX) {
        return "scriptsig-size";
      }
      if (!Scripts.isPushOnly(input.scriptSig())) {
        return "scriptsig-not-pushonly";
      }
    }
    for (Output output : spent) {
      if (!isUsual(pattern(output))) {
        return "bad-txns-nonstandard-inputs";
      }
    }
    return checkOutputs(transaction);
  }

  private static @Nullable String checkOutputs(Transaction transaction) {
    int dataBytes = 0;
    for (Output output : transaction.outputs()) {
      ScriptPattern pattern = pattern(output);
      if (!isUsual(pattern)) {
        return "scriptpubkey";
      }
      if (pattern.parts().size() > MULTISIG_KEYS_MAX) {
        return "bare-multisig";
      }
      if (pattern.type() == ScriptPattern.Type.NULLDATA) {
        dataBytes += output.script().length;
      } else if (output.value() < dustThreshold(output)) {
        return "dust";
      }
    }
    return dataBytes > DATA_BYTES_MAX ? "oversize-op-return" : null;
  }

  private static ScriptPattern pattern(Output output) {
    return ScriptPattern.ofCash(TokenScript.of(output.script()).script());
  }

  private static boolean isUsual(ScriptPattern pattern) {
    return switch (pattern.type()) {
      case PUBKEY, PUBKEYHASH, SCRIPTHASH, LONG_SCRIPTHASH, MULTISIG, NULLDATA -> true;
      case ANCHOR,
          WITNESS_V0_KEYHASH,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_V1_TAPROOT,
          WITNESS_UNKNOWN,
          NONSTANDARD ->
          false;
    };
  }

  /** The least value in satoshi that is worth to be spent; a token makes it dearer. */
  public static long dustThreshold(Output output) {
    int scriptBytes = output.script().length;
    int outputBytes = 8 + WireWriter.sizeBytes(scriptBytes) + scriptBytes;
    return (long) (outputBytes + SPENDING_BYTES) * DUST_FEE_RATE;
  }
}
