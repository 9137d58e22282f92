package org.fondaco.engine.core;

/** Expires the open orders of killed accounts, or of a killed venue, a bounded number a command. */
final class Kills {

  private final Venue venue;
  private boolean pending;

  Kills(Venue venue) {
    this.venue = venue;
  }

  /** A kill flag was set or lifted. */
  void changed() {
    pending = venue.killed;
  }

  boolean pending() {
    return pending;
  }
}
