package org.fondaco.custody.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A published document.
 *
 * @param number from 1, in the order of publication
 * @param confirmedAt when a second person, who wrote none of it, confirmed it; null = nobody has,
 *     or somebody rejected it
 */
public record Version(
    long number,
    PolicyDocument document,
    String publishedBy,
    Instant publishedAt,
    @Nullable String confirmedBy,
    @Nullable Instant confirmedAt) {

  /** How long a confirmed document is seen by everybody before it can loosen anything. */
  public static final Duration NOTICE = Duration.ofHours(48);

  /**
   * The documents in force: the newest one that was confirmed at least {@link #NOTICE} ago, and all
   * that were published after it. A withdrawal may go when every one of them permits it, so a
   * document tightens the moment it is published, and loosens nothing until its predecessors are
   * out of force.
   */
  static List<Version> inForce(List<Version> published, Instant now) {
    List<Version> inOrder = new ArrayList<>(published);
    inOrder.sort(Comparator.comparingLong(Version::number));
    int first = 0;
    for (int i = 0; i < inOrder.size(); i++) {
      Instant confirmed = inOrder.get(i).confirmedAt();
      if (confirmed != null && !confirmed.plus(NOTICE).isAfter(now)) {
        first = i;
      }
    }
    return List.copyOf(inOrder.subList(first, inOrder.size()));
  }
}
