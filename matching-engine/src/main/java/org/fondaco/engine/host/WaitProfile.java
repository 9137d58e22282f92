package org.fondaco.engine.host;

/** How the threads of the pipeline wait for work. */
public enum WaitProfile {
  /** Yields a little, then sleeps until woken: for machines with few cores. */
  BLOCKING,
  /** Never gives up its core: for machines with a core to spare for each thread. */
  SPINNING
}
