package org.fondaco.custody.signer;

import org.fondaco.custody.key.Digest;

/** What a signer asks before every signature; the guard answers. */
@FunctionalInterface
public interface SigningPermits {
  /** Whether the digest is durably recorded as one of a payout's attempts. */
  boolean permits(Digest digest);
}
