package org.fondaco.chain.console;

/** Ends a script on Ctrl-C. An error, because scripts can catch exceptions but not errors. */
final class Interruption extends Error {
  private static final long serialVersionUID = 1;

  Interruption() {
    super("interrupted", null, false, false);
  }
}
