package org.fondaco.chain.command;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the node closes: the JDK's own manager takes the handlers away in a
 * shutdown hook of its own, and the last lines are those that an operator needs most.
 */
public final class LastingLogManager extends LogManager {
  @Override
  public void reset() {
    // The handlers stay until the process ends.
  }
}
