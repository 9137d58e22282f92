package org.fondaco.api.projection;

import java.util.OptionalLong;

/**
 * Which part of a history is wanted. With {@code fromId} or {@code startTime} the first entries
 * from there on, else the last ones; always answered in ascending order.
 *
 * @param fromId least id wanted
 * @param startTime least time wanted, microseconds
 * @param endTime greatest time wanted, microseconds
 * @param limit at least 1
 */
public record Page(OptionalLong fromId, OptionalLong startTime, OptionalLong endTime, int limit) {

  public Page {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit);
    }
  }

  /** The last entries. */
  public static Page last(int limit) {
    return new Page(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), limit);
  }

  /** Wants the last entries there are. */
  boolean isLast() {
    return !ascending() && endTime.isEmpty();
  }

  boolean ascending() {
    return fromId.isPresent() || startTime.isPresent();
  }

  boolean contains(long id, long time) {
    return (fromId.isEmpty() || id >= fromId.getAsLong())
        && (startTime.isEmpty() || time >= startTime.getAsLong())
        && (endTime.isEmpty() || time <= endTime.getAsLong());
  }
}
