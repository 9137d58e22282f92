package org.fondaco.chain.utxo.pow;

import java.math.BigInteger;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;

/** Tries one nonce after another. Scratch space of one thread. */
public final class NonceSearch {
  private static final int NONCE_OFFSET = 76;
  private static final long NONCES = 1L << 32;

  /** Hashes between two looks at whether anybody still wants the result. */
  private static final int CHECK_HASHES = 1024;

  private final PowFunction.Hasher hasher;
  private final LongAdder hashes;
  private final byte[] hash = new byte[PowFunction.HASH_BYTES];

  /**
   * A search.
   *
   * @param hashes counts what is tried, for the hash rate
   */
  public NonceSearch(PowFunction function, LongAdder hashes) {
    this.hasher = function.hasher();
    this.hashes = hashes;
  }

  /**
   * The first of the nonces from {@code from} on, in steps of {@code step}, that meets the target;
   * empty if none does or the search was cancelled. The header then holds the nonce.
   *
   * @param header 80 bytes; its last four change
   * @param from 0 to 2^32 - 1
   */
  public OptionalLong find(
      byte[] header, BigInteger target, long from, int step, BooleanSupplier cancelled) {
    // Most hashes fail on their highest four bytes; the exact comparison is for the others.
    long highest = target.shiftRight(224).longValue();
    int tried = 0;
    for (long nonce = from; nonce < NONCES; nonce += step) {
      writeNonce(header, (int) nonce);
      hasher.hash(header, hash);
      if (highest(hash) <= highest && CompactTarget.isMet(hash, target)) {
        hashes.add(tried + 1L);
        return OptionalLong.of(nonce);
      }
      if (++tried == CHECK_HASHES) {
        hashes.add(tried);
        tried = 0;
        if (cancelled.getAsBoolean()) {
          return OptionalLong.empty();
        }
      }
    }
    hashes.add(tried);
    return OptionalLong.empty();
  }

  private static long highest(byte[] hash) {
    return (hash[31] & 0xffL) << 24
        | (hash[30] & 0xffL) << 16
        | (hash[29] & 0xffL) << 8
        | hash[28] & 0xffL;
  }

  private static void writeNonce(byte[] header, int nonce) {
    for (int i = 0; i < 4; i++) {
      header[NONCE_OFFSET + i] = (byte) (nonce >>> 8 * i);
    }
  }
}
