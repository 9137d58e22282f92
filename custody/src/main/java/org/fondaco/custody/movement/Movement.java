package org.fondaco.custody.movement;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A proposal to move coins between tiers, and what became of it.
 *
 * @param fromTier HOT, WARM or COLD
 * @param groupId that moves it, null until there is one
 * @param attention why it does not go on, null when it does
 */
public record Movement(
    long id,
    int asset,
    String fromTier,
    String toTier,
    BigInteger atoms,
    String reason,
    String proposedBy,
    Instant expiresAt,
    State state,
    @Nullable Long groupId,
    @Nullable String attention) {

  /** Where it stands (CUSTODY_FLOWS.md, section 5). */
  public enum State {
    PROPOSED,
    /** Two people have agreed; it is planned as soon as that is possible. */
    APPROVED,
    /** A group moves it. From a cold source: exported until the signed transaction is imported. */
    ASSIGNED,
    DONE,
    FAILED,
    REJECTED,
    EXPIRED
  }
}
