package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.List;
import org.fondaco.chain.utxo.token.TokenScript;

/**
 * Whether an input of Bitcoin Cash may spend its output, with the flags and errors of its nodes.
 * Safe for any thread.
 */
public final class CashVerifier {
  /** What every block has to keep since May 2025. */
  public static final ScriptFlags MANDATORY_2025;

  /** What every block had to keep from May 2023 to May 2025. */
  public static final ScriptFlags MANDATORY_2023;

  /** What the pool asks beside. */
  public static final ScriptFlags POLICY =
      ScriptFlags.of(
          ScriptFlag.DERSIG,
          ScriptFlag.DISCOURAGE_UPGRADABLE_NOPS,
          ScriptFlag.INPUT_SIGCHECKS,
          ScriptFlag.VM_LIMITS_STANDARD);

  static {
    MANDATORY_2023 =
        ScriptFlags.of(
            ScriptFlag.P2SH,
            ScriptFlag.STRICTENC,
            ScriptFlag.LOW_S,
            ScriptFlag.NULLFAIL,
            ScriptFlag.SIGPUSHONLY,
            ScriptFlag.MINIMALDATA,
            ScriptFlag.CLEANSTACK,
            ScriptFlag.CHECKLOCKTIMEVERIFY,
            ScriptFlag.CHECKSEQUENCEVERIFY,
            ScriptFlag.SIGHASH_FORKID,
            ScriptFlag.CHECKDATASIG,
            ScriptFlag.SCHNORR,
            ScriptFlag.ALLOWSEGWITRECOVERY,
            ScriptFlag.SCHNORR_MULTISIG,
            ScriptFlag.REVERSEBYTES,
            ScriptFlag.INTEGERS_64_BIT,
            ScriptFlag.NATIVE_INTROSPECTION,
            ScriptFlag.TOKENS);
    MANDATORY_2025 = MANDATORY_2023.with(ScriptFlag.VM_LIMITS, ScriptFlag.BIG_INTEGERS);
  }

  /**
   * How an input ended.
   *
   * @param signatures that were checked, which blocks and transactions limit (May 2020)
   */
  public record Result(ScriptError error, int signatures) {}

  private final ScriptFlags flags;
  private final SignatureChecker checker;
  private final CashMeter meter;

  private CashVerifier(Spending spending, int index, ScriptFlags flags, int inputScriptBytes) {
    // The new message is never signed loosely.
    this.flags = flags.has(ScriptFlag.SIGHASH_FORKID) ? flags.with(ScriptFlag.STRICTENC) : flags;
    this.checker = new SignatureChecker(spending, index);
    this.meter = new CashMeter(this.flags, inputScriptBytes);
  }

  /**
   * Runs the scripts of an input.
   *
   * @param index of the input, from 0
   */
  public static Result verify(Spending spending, int index, ScriptFlags flags) {
    byte[] scriptSig = spending.transaction().inputs().get(index).scriptSig();
    byte[] output = spending.spent().get(index).script();
    byte[] script = flags.has(ScriptFlag.TOKENS) ? TokenScript.of(output).script() : output;
    CashVerifier verifier = new CashVerifier(spending, index, flags, scriptSig.length);
    try {
      verifier.verify(scriptSig, script);
      return new Result(ScriptError.OK, verifier.meter.signatures());
    } catch (ScriptException e) {
      return new Result(e.error(), verifier.meter.signatures());
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
    // BIP-16's rule, since May 2023 for hashes of 32 bytes too; there were none before.
    boolean isLong = Scripts.isLongScriptHash(script);
    if (flags.has(ScriptFlag.P2SH) && (isLong || Scripts.isScriptHash(script))) {
      require(Scripts.isPushOnly(scriptSig), ScriptError.SIG_PUSHONLY);
      stack = new ItemStack(pushed);
      byte[] redeem = stack.pop();
      if (flags.has(ScriptFlag.ALLOWSEGWITRECOVERY)
          && !isLong
          && stack.isEmpty()
          && Scripts.witnessProgram(redeem) != null) {
        return;
      }
      run(redeem, stack);
      requireTrue(stack);
    }
    require(!flags.has(ScriptFlag.CLEANSTACK) || stack.size() == 1, ScriptError.CLEANSTACK);
    meter.requireSignaturesWithinLimit();
  }

  private void run(byte[] script, ItemStack stack) {
    new Machine(
            new Machine.Environment(
                Dialect.BITCOIN_CASH, flags, SignatureVersion.BASE, checker, null, meter),
            script,
            stack)
        .run();
  }

  private static void requireTrue(ItemStack stack) {
    require(!stack.isEmpty() && ScriptNumber.isTrue(stack.top()), ScriptError.EVAL_FALSE);
  }
}
