package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.crypto.ShortHash;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Whether an input of Bitcoin or Litecoin may spend its output: Bitcoin Core's VerifyScript, with
 * its flags and errors. Safe for any thread.
 */
public final class ScriptVerifier {
  private static final int KEY_HASH_BYTES = 20;
  private static final int SCRIPT_HASH_BYTES = 32;
  private static final byte[] ANCHOR = {0x4e, 0x73};

  private final ScriptFlags flags;
  private final SignatureChecker checker;
  private final List<byte[]> witness;
  private boolean witnessUsed;

  private ScriptVerifier(Spending spending, int index, ScriptFlags flags) {
    this.flags = flags;
    this.checker = new SignatureChecker(spending, index);
    this.witness = spending.transaction().inputs().get(index).witness();
  }

  /**
   * Runs the scripts of an input.
   *
   * @param index of the input, from 0
   * @return {@link ScriptError#OK} if it may
   */
  public static ScriptError verify(Spending spending, int index, ScriptFlags flags) {
    Input input = spending.transaction().inputs().get(index);
    byte[] script = spending.spent().get(index).script();
    try {
      new ScriptVerifier(spending, index, flags).verify(input.scriptSig(), script);
      return ScriptError.OK;
    } catch (ScriptException e) {
      return e.error();
    }
  }

  private void verify(byte[] scriptSig, byte[] script) {
    require(
        !flags.has(ScriptFlag.SIGPUSHONLY) || Scripts.isPushOnly(scriptSig),
        ScriptError.SIG_PUSHONLY);
    ItemStack stack = new ItemStack();
    run(scriptSig, stack);
    List<byte[]> pushed = stack.list();
    run(script, stack);
    requireTrue(stack);
    int items = stack.size();
    Scripts.WitnessProgram program = witnessProgram(script);
    if (program != null) {
      require(scriptSig.length == 0, ScriptError.WITNESS_MALLEATED);
      verifyProgram(program, false);
      items = 1;
    }
    if (flags.has(ScriptFlag.P2SH) && Scripts.isScriptHash(script)) {
      items = verifyRedeem(scriptSig, new ItemStack(pushed));
    }
    require(!flags.has(ScriptFlag.CLEANSTACK) || items == 1, ScriptError.CLEANSTACK);
    require(
        !flags.has(ScriptFlag.WITNESS) || witnessUsed || witness.isEmpty(),
        ScriptError.WITNESS_UNEXPECTED);
  }

  private Scripts.@Nullable WitnessProgram witnessProgram(byte[] script) {
    Scripts.WitnessProgram program =
        flags.has(ScriptFlag.WITNESS) ? Scripts.witnessProgram(script) : null;
    witnessUsed |= program != null;
    return program;
  }

  /** BIP-16: the last item pushed is the script to run on the others. Items that it leaves. */
  private int verifyRedeem(byte[] scriptSig, ItemStack stack) {
    require(Scripts.isPushOnly(scriptSig), ScriptError.SIG_PUSHONLY);
    byte[] redeem = stack.pop();
    run(redeem, stack);
    requireTrue(stack);
    Scripts.WitnessProgram program = witnessProgram(redeem);
    if (program == null) {
      return stack.size();
    }
    require(Arrays.equals(scriptSig, Scripts.push(redeem)), ScriptError.WITNESS_MALLEATED_P2SH);
    verifyProgram(program, true);
    return 1;
  }

  private void run(byte[] script, ItemStack stack) {
    new Machine(
            new Machine.Environment(
                Dialect.BITCOIN, flags, SignatureVersion.BASE, checker, null, CostMeter.FREE),
            script,
            stack)
        .run();
  }

  private static void requireTrue(ItemStack stack) {
    require(!stack.isEmpty() && ScriptNumber.isTrue(stack.top()), ScriptError.EVAL_FALSE);
  }

  /** BIP-141. */
  private void verifyProgram(Scripts.WitnessProgram program, boolean nested) {
    byte[] bytes = program.program();
    if (program.version() == 0) {
      verifyVersion0(bytes);
    } else if (program.version() == 1 && bytes.length == SCRIPT_HASH_BYTES && !nested) {
      if (flags.has(ScriptFlag.TAPROOT)) {
        verifyTaproot(bytes);
      }
    } else if (nested || !isAnchor(program)) {
      require(
          !flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM),
          ScriptError.DISCOURAGE_UPGRADABLE_WITNESS_PROGRAM);
    }
  }

  /** Pay to anchor, which anyone may spend without a witness. */
  static boolean isAnchor(Scripts.WitnessProgram program) {
    return program.version() == 1 && Arrays.equals(program.program(), ANCHOR);
  }

  private void verifyVersion0(byte[] program) {
    if (program.length == SCRIPT_HASH_BYTES) {
      require(!witness.isEmpty(), ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY);
      byte[] script = witness.getLast();
      require(Arrays.equals(Sha256.hash(script), program), ScriptError.WITNESS_PROGRAM_MISMATCH);
      List<byte[]> items = witness.subList(0, witness.size() - 1);
      runWitness(script, items, SignatureVersion.WITNESS_V0, null);
    } else {
      require(program.length == KEY_HASH_BYTES, ScriptError.WITNESS_PROGRAM_WRONG_LENGTH);
      require(witness.size() == 2, ScriptError.WITNESS_PROGRAM_MISMATCH);
      runWitness(keyHashScript(program), witness, SignatureVersion.WITNESS_V0, null);
    }
  }

  private static byte[] keyHashScript(byte[] hash) {
    return new WireWriter(25)
        .uint8(Opcodes.OP_DUP)
        .uint8(Opcodes.OP_HASH160)
        .uint8(ShortHash.BYTES)
        .bytes(hash)
        .uint8(Opcodes.OP_EQUALVERIFY)
        .uint8(Opcodes.OP_CHECKSIG)
        .toBytes();
  }

  /** BIP-341: by the key of the output, or by a script that its tree holds. */
  private void verifyTaproot(byte[] outputKey) {
    require(!witness.isEmpty(), ScriptError.WITNESS_PROGRAM_WITNESS_EMPTY);
    List<byte[]> items = witness;
    byte[] annexHash = null;
    byte[] last = items.getLast();
    if (items.size() > 1 && last.length > 0 && last[0] == Taproot.ANNEX_TAG) {
      annexHash = Sha256.hash(new WireWriter().prefixed(last).toBytes());
      items = items.subList(0, items.size() - 1);
    }
    if (items.size() == 1) {
      Taproot.Path path = new Taproot.Path(annexHash, null, Taproot.Path.NO_SEPARATOR);
      checker.schnorr(items.getFirst(), outputKey, path);
      return;
    }
    byte[] control = items.getLast();
    byte[] script = items.get(items.size() - 2);
    int nodeBytes = control.length - Taproot.CONTROL_BASE;
    require(
        nodeBytes >= 0
            && nodeBytes <= Taproot.CONTROL_NODE * Taproot.CONTROL_NODES_MAX
            && nodeBytes % Taproot.CONTROL_NODE == 0,
        ScriptError.TAPROOT_WRONG_CONTROL_SIZE);
    int leafVersion = control[0] & Taproot.LEAF_MASK;
    byte[] leafHash = Taproot.leafHash(leafVersion, script);
    require(Taproot.commits(control, leafHash, outputKey), ScriptError.WITNESS_PROGRAM_MISMATCH);
    if (leafVersion == Taproot.LEAF_TAPSCRIPT) {
      TapscriptBudget budget = new TapscriptBudget(annexHash, leafHash, witnessBytes());
      runTapscript(script, items.subList(0, items.size() - 2), budget);
    } else {
      require(
          !flags.has(ScriptFlag.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION),
          ScriptError.DISCOURAGE_UPGRADABLE_TAPROOT_VERSION);
    }
  }

  private long witnessBytes() {
    long bytes = WireWriter.sizeBytes(witness.size());
    for (byte[] item : witness) {
      bytes += WireWriter.sizeBytes(item.length) + item.length;
    }
    return bytes;
  }

  /** BIP-342: an OP_SUCCESS anywhere, run or not, is success. */
  private void runTapscript(byte[] script, List<byte[]> items, TapscriptBudget budget) {
    ScriptReader reader = new ScriptReader(script);
    while (!reader.atEnd()) {
      require(reader.next(), ScriptError.BAD_OPCODE);
      if (Taproot.isSuccess(reader.opcode())) {
        require(!flags.has(ScriptFlag.DISCOURAGE_OP_SUCCESS), ScriptError.DISCOURAGE_OP_SUCCESS);
        return;
      }
    }
    require(items.size() <= Machine.ITEMS_MAX, ScriptError.STACK_SIZE);
    runWitness(script, items, SignatureVersion.TAPSCRIPT, budget);
  }

  private void runWitness(
      byte[] script,
      List<byte[]> items,
      SignatureVersion version,
      @Nullable TapscriptBudget budget) {
    for (byte[] item : items) {
      require(item.length <= Machine.ITEM_BYTES_MAX, ScriptError.PUSH_SIZE);
    }
    ItemStack stack = new ItemStack(items);
    new Machine(
            new Machine.Environment(
                Dialect.BITCOIN, flags, version, checker, budget, CostMeter.FREE),
            script,
            stack)
        .run();
    // CLEANSTACK is not a matter of flags here.
    require(stack.size() == 1, ScriptError.CLEANSTACK);
    requireTrue(stack);
  }
}
