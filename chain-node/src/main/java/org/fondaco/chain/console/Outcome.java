package org.fondaco.chain.console;

/** What became of a script. */
sealed interface Outcome {
  /** Its value as the console shows it. */
  record Value(String shown) implements Outcome {}

  /** The error as the console shows it. */
  record Failed(String shown) implements Outcome {}
}
