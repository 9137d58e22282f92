package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import org.jspecify.annotations.Nullable;

/** BIP-342: how much a tapscript may still verify, and what its signatures sign of it. */
final class TapscriptBudget {
  private static final int BASE = 50;
  private static final int PER_SIGNATURE = 50;

  private final byte @Nullable [] annexHash;
  private final byte[] leafHash;
  private long left;
  private long codeSeparator = Taproot.Path.NO_SEPARATOR;

  /**
   * @param witnessBytes the witness's, with its counts and lengths
   */
  TapscriptBudget(byte @Nullable [] annexHash, byte[] leafHash, long witnessBytes) {
    this.annexHash = annexHash;
    this.leafHash = leafHash;
    this.left = witnessBytes + BASE;
  }

  /** Pays for a signature. */
  void spend() {
    left -= PER_SIGNATURE;
    require(left >= 0, ScriptError.TAPSCRIPT_VALIDATION_WEIGHT);
  }

  void separate(int operationIndex) {
    codeSeparator = operationIndex;
  }

  Taproot.Path path() {
    return new Taproot.Path(annexHash, leafHash, codeSeparator);
  }
}
