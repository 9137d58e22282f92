package org.fondaco.chain.utxo.descriptor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key of a descriptor at one index.
 *
 * @param publicKey 33 or 65 bytes; of taproot 33 whose first is 2
 * @param secret 32 bytes, or null where it is not known
 * @param fingerprint of the key at the root of the path, 4 bytes
 * @param path from that root, empty for a key alone
 */
public record DerivedKey(
    byte[] publicKey, byte @Nullable [] secret, byte[] fingerprint, List<Integer> path) {
  public DerivedKey {
    path = List.copyOf(path);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "key at " + Paths.text(path);
  }
}
