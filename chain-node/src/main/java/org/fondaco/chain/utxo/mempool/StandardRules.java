package org.fondaco.chain.utxo.mempool;

import java.util.List;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.script.Scripts;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** Which transactions Bitcoin Core relays: IsStandardTx and AreInputsStandard. */
final class StandardRules {
  private static final int WEIGHT_MAX = 400_000;
  private static final int INPUT_SCRIPT_BYTES_MAX = 1_650;
  private static final int MULTISIG_KEYS_MAX = 3;
  private static final int REDEEM_OPERATIONS_MAX = 15;
  private static final int WITNESS_SCRIPT_BYTES_MAX = 3_600;
  private static final int WITNESS_ITEMS_MAX = 100;
  private static final int WITNESS_ITEM_BYTES_MAX = 80;

  private static final int PROGRAM_BYTES = 32;
  private static final int ANNEX = 0x50;
  private static final int LEAF_MASK = 0xfe;
  private static final int TAPSCRIPT = 0xc0;

  /** The witness version of outputs into Litecoin's extension block. */
  private static final int EXTENSION_VERSION = 9;

  private final MempoolPolicy policy;

  StandardRules(MempoolPolicy policy) {
    this.policy = policy;
  }

  /** Null if the transaction alone is standard, else the word for why not. */
  @Nullable String check(Transaction transaction) {
    if (transaction.version() < 1 || transaction.version() > policy.forms().versionMax()) {
      return "version";
    }
    if (transaction.weight() > WEIGHT_MAX) {
      return "tx-size";
    }
    if (transaction.strippedSize() < policy.forms().strippedBytesMin()) {
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
    int dataOutputs = 0;
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
        case NULLDATA -> {
          dataBytes += output.script().length;
          dataOutputs++;
        }
        case WITNESS_UNKNOWN -> {
          if (policy.forms().extension() && isExtension(output)) {
            return "MWEB outputs are not supported";
          }
        }
        case PUBKEY,
            PUBKEYHASH,
            SCRIPTHASH,
            LONG_SCRIPTHASH,
            ANCHOR,
            WITNESS_V0_KEYHASH,
            WITNESS_V0_SCRIPTHASH,
            WITNESS_V1_TAPROOT -> {}
      }
      if (output.value() < policy.dustThreshold(output)) {
        return "dust";
      }
    }
    if (dataBytes > policy.dataBytesMax()) {
      return "datacarrier";
    }
    return dataOutputs > policy.forms().dataOutputsMax() ? "multi-op-return" : null;
  }

  private static boolean isExtension(Output output) {
    Scripts.WitnessProgram program = Scripts.witnessProgram(output.script());
    return program != null
        && program.version() == EXTENSION_VERSION
        && program.program().length == PROGRAM_BYTES;
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
      if (!isWitnessStandard(script, input)) {
        return "bad-witness-nonstandard";
      }
    }
    return null;
  }

  private static int redeemOperations(Input input) {
    byte[] redeem = Scripts.lastPush(input.scriptSig());
    return Scripts.signatureOperations(redeem, true);
  }

  /** Core's IsWitnessStandard: nested programs too, and a witness only where one is looked at. */
  private static boolean isWitnessStandard(byte[] script, Input input) {
    List<byte[]> witness = input.witness();
    if (witness.isEmpty()) {
      return true;
    }
    boolean nested = Scripts.isScriptHash(script);
    Scripts.WitnessProgram program =
        Scripts.witnessProgram(nested ? Scripts.lastPush(input.scriptSig()) : script);
    if (program == null) {
      return false;
    }
    boolean full = program.program().length == PROGRAM_BYTES;
    if (program.version() == 0 && full) {
      List<byte[]> items = witness.subList(0, witness.size() - 1);
      return witness.getLast().length <= WITNESS_SCRIPT_BYTES_MAX
          && items.size() <= WITNESS_ITEMS_MAX
          && areShort(items);
    }
    return program.version() != 1 || !full || nested || isTaprootStandard(witness);
  }

  private static boolean isTaprootStandard(List<byte[]> witness) {
    int size = witness.size();
    if (size == 1) {
      return true; // a signature by the key
    }
    byte[] control = witness.getLast();
    if (control.length == 0 || control[0] == ANNEX) {
      return false;
    }
    return (control[0] & LEAF_MASK) != TAPSCRIPT || areShort(witness.subList(0, size - 2));
  }

  private static boolean areShort(List<byte[]> items) {
    return items.stream().allMatch(item -> item.length <= WITNESS_ITEM_BYTES_MAX);
  }
}
