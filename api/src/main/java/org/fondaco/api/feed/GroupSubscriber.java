package org.fondaco.api.feed;

/** Hears the feed on its thread; what it does there delays every other subscriber. */
public interface GroupSubscriber {

  /** One whole group, in sequence. */
  void group(Group group);

  /**
   * Groups were left out because the feed's thread fell behind by the whole ring. What was built
   * from the feed must be built anew from the read model; clients who were promised every change
   * must be told or disconnected. The next group is the first after the gap.
   */
  void lost();

  /** Nothing more is waiting: a good moment to send what was collected. */
  default void caughtUp() {}
}
