package org.fondaco.engine.exchangecore;

import java.util.List;

/**
 * What came of an action.
 *
 * @param accepted false when it named no order of that account
 * @param fills in order
 */
record Answer(boolean accepted, List<Fill> fills) {

  /** A trade of the acting order with a maker, in ticks and lots. */
  record Fill(long maker, long price, long size) {}

  /** A resting order, in ticks and lots. */
  record Resting(long order, boolean buy, long price, long remaining) {}
}
