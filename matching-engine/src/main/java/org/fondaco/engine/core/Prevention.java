package org.fondaco.engine.core;

/** Scratch of one prevented match; quantities in lots. */
final class Prevention {
  long id;
  long tradeGroup;
  long ticks;
  long matchLots;
  long takerLots;
  long makerLots;
  long takerExecutionId;
  long makerExecutionId;
}
