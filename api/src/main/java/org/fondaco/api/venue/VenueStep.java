package org.fondaco.api.venue;

import org.fondaco.engine.protocol.Command;
import org.jooq.DSLContext;

/** A step of somebody's workflow that ends in a command of venue control. */
@FunctionalInterface
public interface VenueStep {

  /** Writes the step's rows and says what to send; an exception undoes all of it. */
  Command decide(DSLContext transaction);

  /**
   * Called in the same transaction once the command has its number.
   *
   * @param n number in table venue_commands
   */
  default void recorded(DSLContext transaction, long n) {}
}
