package org.fondaco.chain.evm;

/**
 * The run was ended from outside. The state that it ran on is somewhere in between and must be
 * thrown away.
 */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CancelledException() {
    super("the run was cancelled", null, false, false);
  }
}
