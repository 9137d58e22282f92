package org.fondaco.custody.payout;

/** The process is gone. */
final class Died extends RuntimeException {
  private static final long serialVersionUID = 1;
}
