package org.fondaco.api.limit;

import java.util.Iterator;

/** One part of the talk between processes. */
interface Telling {

  /** Adds what this process knows, one entry for each key. */
  void tell(SharedBatch batch);

  /**
   * Hears what all processes together know.
   *
   * @param answers one number for each that the entries of {@link #tell} answer, in their order
   */
  void hear(Iterator<Long> answers);
}
