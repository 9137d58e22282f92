package org.fondaco.chain.precompile;

import org.jspecify.annotations.Nullable;

/** A contract that is not code. Has no state and serves any thread. */
public interface Precompile {
  /** What a run costs; {@code Long.MAX_VALUE} if more than there can be. */
  long gas(byte[] input);

  /** The output, or null where the input is refused and the call fails. */
  byte @Nullable [] run(byte[] input);
}
