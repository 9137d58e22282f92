package org.fondaco.api.limit;

/** Something counted here that other processes count, too. Thread-safe. */
interface Shared extends Telling {

  /** Whether nobody will ask for it again. */
  boolean over();

  /** Marks it as waiting to be shared; false when it already was. */
  boolean markWaiting();

  /** Marks it as on its way; what changes from now on is shared the next time. */
  void markSent();
}
