package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

/**
 * CHIP-2021-05: what the scripts of an input may cost, by the input's length. Counts always, and
 * limits since 2025.
 */
final class CashMeter extends CostMeter {
  private static final int OPERATION_COST = 100;
  private static final int SIGNATURE_COST = 26_000;
  private static final int COST_PER_BYTE = 800;
  private static final int HASH_BLOCK_BYTES = 64;

  /** A hash is padded by a bit and its length. */
  private static final int HASH_PADDING_BYTES = 8;

  /** The pool takes a third of the hashing that a block may do, and a seventh of its density. */
  private static final int STANDARD_HASH_FACTOR = 3;

  private static final int BLOCK_DENSITY_FACTOR = 7;

  /** What an input takes beside its script. */
  private static final int INPUT_BYTES = 41;

  /** May 2020: an input of so many bytes may check one more signature. */
  private static final int BYTES_PER_SIGNATURE = 43;

  private static final int BYTES_FREE = 60;

  private final ScriptFlags flags;
  private final int inputScriptBytes;
  private long cost;
  private long hashIterations;
  private int signatures;

  CashMeter(ScriptFlags flags, int inputScriptBytes) {
    this.flags = flags;
    this.inputScriptBytes = inputScriptBytes;
  }

  @Override
  void met() {
    cost += OPERATION_COST;
  }

  @Override
  void pushed(long bytes) {
    cost += bytes;
  }

  @Override
  void hashed(int bytes, boolean twice) {
    hashIterations += 1 + (bytes + HASH_PADDING_BYTES) / HASH_BLOCK_BYTES + (twice ? 1 : 0);
  }

  @Override
  void checked(int count) {
    signatures += count;
  }

  /** Signatures that were checked, or counted as if. */
  int signatures() {
    return signatures;
  }

  private long totalCost() {
    boolean standard = flags.has(ScriptFlag.VM_LIMITS_STANDARD);
    long perIteration = (long) HASH_BLOCK_BYTES * (standard ? STANDARD_HASH_FACTOR : 1);
    return cost + hashIterations * perIteration + (long) signatures * SIGNATURE_COST;
  }

  @Override
  void requireWithinLimits() {
    if (!flags.has(ScriptFlag.VM_LIMITS)) {
      return;
    }
    long length = (long) inputScriptBytes + INPUT_BYTES;
    require(totalCost() <= length * COST_PER_BYTE, ScriptError.OP_COST);
    int factor = flags.has(ScriptFlag.VM_LIMITS_STANDARD) ? 1 : BLOCK_DENSITY_FACTOR;
    require(hashIterations <= length * factor / 2, ScriptError.TOO_MANY_HASH_ITERS);
  }

  /** Ends the script if the flags limit signatures by the input's length and it checked more. */
  void requireSignaturesWithinLimit() {
    require(
        !flags.has(ScriptFlag.INPUT_SIGCHECKS)
            || inputScriptBytes >= signatures * BYTES_PER_SIGNATURE - BYTES_FREE,
        ScriptError.INPUT_SIGCHECKS);
  }
}
