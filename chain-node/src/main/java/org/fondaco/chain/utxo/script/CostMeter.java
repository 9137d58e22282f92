package org.fondaco.chain.utxo.script;

/**
 * Hears what a script does. Bitcoin limits scripts by counts alone, so this one charges nothing.
 */
class CostMeter {
  static final CostMeter FREE = new CostMeter();

  /** OP_ROLL reached so deep. */
  void moved(int depth) {}

  /** So many bytes were hashed, and the hash once more if {@code twice}. */
  void hashed(int bytes, boolean twice) {}
}
