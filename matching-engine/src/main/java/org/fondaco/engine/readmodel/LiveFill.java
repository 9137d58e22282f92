package org.fondaco.engine.readmodel;

import org.jspecify.annotations.Nullable;

/** One side of a trade in its account's and the venue's lists. */
final class LiveFill {

  final long account;
  final ReadModel.FillView view;
  final long sequence;

  /** Neighbours among the account's fills, oldest first. */
  @Nullable LiveFill previousHere;

  @Nullable LiveFill nextHere;

  /** Next fill of the venue. */
  @Nullable LiveFill nextOfVenue;

  LiveFill(long account, ReadModel.FillView view, long sequence) {
    this.account = account;
    this.view = view;
    this.sequence = sequence;
  }
}
