package org.fondaco.engine.host;

/** How the threads of the pipeline wait for work. */
public enum WaitProfile {
  /** Spins for a microsecond, naps, then sleeps until woken: for machines with few cores. */
  BLOCKING,
  /** Never gives up its core: for machines with a core to spare for each thread. */
  SPINNING
}
