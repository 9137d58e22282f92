package org.fondaco.engine.exchangecore;

/**
 * What both engines can be asked. Prices are ticks, sizes are lots; orders are numbered by
 * placement.
 */
sealed interface Action {

  long account();

  long order();

  /**
   * @param price limit; of a fill-or-kill the worst price that its budget stands for
   * @param budget of a fill-or-kill: ticks times lots in total
   */
  record Place(Kind kind, long account, long order, boolean buy, long price, long size, long budget)
      implements Action {}

  record Cancel(long account, long order) implements Action {}

  /**
   * @param by lots taken away
   * @param quantity what the whole quantity, fills included, becomes; 0 when the order ends
   */
  record Reduce(long account, long order, long by, long quantity) implements Action {}

  record Move(long account, long order, long price) implements Action {}

  enum Kind {
    GOOD_TILL_CANCELED,
    IMMEDIATE_OR_CANCEL,
    FILL_OR_KILL
  }
}
