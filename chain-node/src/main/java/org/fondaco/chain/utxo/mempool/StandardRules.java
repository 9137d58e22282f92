package org.fondaco.chain.utxo.mempool;

import java.util.List;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** Which transactions Bitcoin Core relays: IsStandardTx and AreInputsStandard. */
final class StandardRules {
  private static final int VERSION_MAX = 3;
  private static final int WEIGHT_MAX = 400_000;
  private static final int INPUT_SCRIPT_BYTES_MAX = 1_650;
  private static final int MULTISIG_KEYS_MAX = 3;
  private static final int REDEEM_OPERATIONS_MAX = 15;
  private static final int WITNESS_SCRIPT_BYTES_MAX = 3_600;
  private static final int WITNESS_ITEMS_MAX = 100;
  private static final int WITNESS_ITEM_BYTES_MAX = 80;

  /** Transactions that could pass for an inner node of the merkle tree are shorter. */
  private static final int STRIPPED_BYTES_MIN = 65;

  private static final int SPENDING_BYTES = 148;
  private static final int SPENDING_WITNESS_BYTES = 67;

  private final MempoolPolicy policy;

  StandardRules(MempoolPolicy policy) {
    this.policy = policy;
  }

  /** Null if the transaction alone is standard, else the word for why not. */
  @Nullable String check(Transaction transaction) {
    if (transaction.version() < 1 || transaction.version() > VERSION_MAX) {
      return "version";
    }
    if (transaction.weight() > WEIGHT_MAX) {
      return "tx-size";
    }
    if (transaction.strippedSize() < STRIPPED_BYTES_MIN) {
      return "tx-size-small";
    }
    for (Input input : transaction.inputs()) {
      if (input.scriptSig().length > INPUT_SCRIPT_BYTES_MAX) {
        return "scriptsig-size";
      }
      if (!Scripts.isPushOnly(input.scriptSig())) {
        return "scriptsig-not-pushonly";
      }
    }
    return checkOutputs(transaction);
  }

  private @Nullable String checkOutputs(Transaction transaction) {
    int dataBytes = 0;
    for (Output output : transaction.outputs()) {
      ScriptPattern pattern = ScriptPattern.of(output.script());
      switch (pattern.type()) {
        case NONSTANDARD -> {
          return "scriptpubkey";
        }
        case MULTISIG -> {
          if (pattern.parts().size() > MULTISIG_KEYS_MAX) {
            return "scriptpubkey";
          }
        }
        case NULLDATA -> dataBytes += output.script().length;
        case PUBKEY,
            PUBKEYHASH,
            SCRIPTHASH,
            LONG_SCRIPTHASH,
            ANCHOR,
            WITNESS_V0_KEYHASH,
            WITNESS_V0_SCRIPTHASH,
            WITNESS_V1_TAPROOT,
            WITNESS_UNKNOWN -> {}
      }
      if (output.value() < dustThreshold(output)) {
        return "dust";
      }
    }
    return dataBytes > policy.dataBytesMax() ? "datacarrier" : null;
  }

  /** The least value in satoshi that is worth to be spent. */
  long dustThreshold(Output output) {
    if (Scripts.isUnspendable(output.script())) {
      return 0;
    }
    int scriptBytes = output.script().length;
    int bytes = 8 + WireWriter.sizeBytes(scriptBytes) + scriptBytes;
    bytes +=
        Scripts.witnessProgram(output.script()) == null ? SPENDING_BYTES : SPENDING_WITNESS_BYTES;
    return policy.dustRate().fee(bytes);
  }

  /** Null if everything that the transaction spends is spent in the usual way. */
  @Nullable String checkInputs(Transaction transaction, List<Output> spent) {
    for (int i = 0; i < spent.size(); i++) {
      Input input = transaction.inputs().get(i);
      byte[] script = spent.get(i).script();
      ScriptPattern pattern = ScriptPattern.of(script);
      switch (pattern.type()) {
        case NONSTANDARD, WITNESS_UNKNOWN, NULLDATA -> {
          return "bad-txns-nonstandard-inputs";
        }
        case SCRIPTHASH -> {
          if (redeemOperations(input) > REDEEM_OPERATIONS_MAX) {
            return "bad-txns-nonstandard-inputs";
          }
        }
        case PUBKEY,
            PUBKEYHASH,
            LONG_SCRIPTHASH,
            MULTISIG,
            ANCHOR,
            WITNESS_V0_KEYHASH,
            WITNESS_V0_SCRIPTHASH,
            WITNESS_V1_TAPROOT -> {}
      }
      if (!isWitnessStandard(pattern, input.witness())) {
        return "bad-witness-nonstandard";
      }
    }
    return null;
  }

  private static int redeemOperations(Input input) {
    byte[] redeem = Scripts.lastPush(input.scriptSig());
    return Scripts.signatureOperations(redeem, true);
  }

  private static boolean isWitnessStandard(ScriptPattern pattern, List<byte[]> witness) {
    if (pattern.type() != ScriptPattern.Type.WITNESS_V0_SCRIPTHASH || witness.isEmpty()) {
      return true;
    }
    List<byte[]> items = witness.subList(0, witness.size() - 1);
    return witness.getLast().length <= WITNESS_SCRIPT_BYTES_MAX
        && items.size() <= WITNESS_ITEMS_MAX
        && items.stream().allMatch(item -> item.length <= WITNESS_ITEM_BYTES_MAX);
  }
}
