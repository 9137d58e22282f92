package org.fondaco.api.admin;

/** What the host of the engine tells about itself. Thread-safe. */
public interface EngineState {

  /** Total length of the journal's files in bytes. */
  long journalBytes();

  /** Whether the engine stopped by itself and answers nobody. */
  boolean halted();
}
