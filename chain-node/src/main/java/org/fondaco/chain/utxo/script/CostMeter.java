package org.fondaco.chain.utxo.script;

/**
 * Hears what a script does. Bitcoin limits scripts by counts alone, so this one charges nothing.
 */
class CostMeter {
  static final CostMeter FREE = new CostMeter();

  /** An operation was met, run or not. */
  void met() {}

  /** An item of so many bytes was pushed, or work was done that costs as much. */
  void pushed(long bytes) {}

  /** So many bytes were hashed, and the hash once more if {@code twice}. */
  void hashed(int bytes, boolean twice) {}

  /** So many signatures were checked, or counted as if they were. */
  void checked(int signatures) {}

  /** Ends the script if it has cost too much. */
  void requireWithinLimits() {}
}
