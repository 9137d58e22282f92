package org.fondaco.custody.payout;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one payee gets, the same in each attempt.
 *
 * @param script scriptPubKey, or the 20 bytes of an account
 * @param address the same for people
 * @param atoms of the group's asset
 * @param withdrawalId that it pays, null for our own movements
 */
public record Payment(
    byte[] script, String address, BigInteger atoms, @Nullable Long withdrawalId) {
  public Payment {
    script = script.clone();
    if (atoms.signum() <= 0) {
      throw new IllegalArgumentException("a payment is more than nothing");
    }
  }

  @Override
  public byte[] script() {
    return script.clone();
  }
}
