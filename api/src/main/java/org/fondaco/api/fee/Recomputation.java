package org.fondaco.api.fee;

import java.util.List;

/**
 * What a recomputation did.
 *
 * @param day UTC day it was made on, days since 1970-01-01
 * @param watermark journal sequence up to which trades were counted
 * @param accounts accounts that were looked at
 * @param changes those whose tier the engine has changed
 */
public record Recomputation(int day, long watermark, int accounts, List<Change> changes) {

  /** An account that got another tier. */
  public record Change(long account, int before, int after) {}
}
