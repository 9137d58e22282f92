package org.fondaco.custody.sweep;

/** Sweeps of one chain. */
public interface Sweeper {

  /** Plans one sweep, or the gas for one; false when there is nothing to plan now. */
  boolean step();
}
