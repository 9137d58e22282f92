package org.fondaco.custody.guard;

import java.util.List;
import org.fondaco.custody.key.Digest;

/**
 * One attempt, as it stands in the guard file.
 *
 * @param anchor of the payout, the same for each of its attempts
 * @param payees {@link Payee#digest} of the payout, or {@link #NOBODY} for an attempt that cancels
 *     and for a payout to ourselves without payees
 * @param attempt 0 for the first
 * @param unsigned digest of the transaction without signatures; with the account that signs it
 *     where the transaction does not name it
 * @param digests what is signed: one for an account's transaction, one an input otherwise
 */
public record GuardEntry(
    Anchor anchor, Digest payees, int attempt, Digest unsigned, List<Digest> digests) {
  /** The payees of an attempt that pays nobody but ourselves. */
  public static final Digest NOBODY = Payee.digest(List.of());

  private static final int DIGESTS_MAX = 10_000;

  public GuardEntry {
    digests = List.copyOf(digests);
    if (attempt < 0) {
      throw new IllegalArgumentException("attempts are counted from 0");
    }
    if (digests.isEmpty() || digests.size() > DIGESTS_MAX) {
      throw new IllegalArgumentException("an attempt has 1 to 10,000 digests to sign");
    }
  }
}
