package org.fondaco.chain.utxo.script;

/** Ends a script early; {@link ScriptVerifier} turns it into a result. Carries no stack trace. */
final class ScriptException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ScriptError error;

  ScriptException(ScriptError error) {
    super(error.message(), null, false, false);
    this.error = error;
  }

  ScriptError error() {
    return error;
  }

  /** Ends the script with this error unless the condition holds. */
  static void require(boolean condition, ScriptError error) {
    if (!condition) {
      throw new ScriptException(error);
    }
  }
}
