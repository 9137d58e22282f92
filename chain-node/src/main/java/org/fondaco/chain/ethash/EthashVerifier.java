package org.fondaco.chain.ethash;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.word.U256;

/**
 * Checks the seals of headers with the caches of the last epochs asked for. Safe for any thread.
 */
public final class EthashVerifier {
  /** What is wrong with a seal, or nothing. */
  public enum Verdict {
    VALID,
    WRONG_MIX_HASH,
    BELOW_DIFFICULTY
  }

  private static final int CACHES_MAX = 3;
  private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(256);

  private final EthashEpoch.Size size;
  private final Map<Integer, EthashCache> caches =
      Collections.synchronizedMap(
          new LinkedHashMap<>(CACHES_MAX + 1, 1, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, EthashCache> eldest) {
              return size() > CACHES_MAX;
            }
          });

  public EthashVerifier(EthashEpoch.Size size) {
    this.size = size;
  }

  /**
   * Checks mix hash and nonce of a header against its difficulty.
   *
   * @throws IllegalArgumentException if the difficulty is 0 or the number has no epoch
   */
  public Verdict verify(BlockHeader header) {
    if (header.difficulty().isZero()) {
      throw new IllegalArgumentException("no seal of proof of work has difficulty 0");
    }
    EthashCache cache = cache(EthashEpoch.of(header.number(), size));
    Hashimoto.Result result = Hashimoto.light(cache, header.sealHash(), header.nonce());
    if (!result.mixHash().equals(header.mixHash())) {
      return Verdict.WRONG_MIX_HASH;
    }
    return meets(result.value().toWord(), header.difficulty())
        ? Verdict.VALID
        : Verdict.BELOW_DIFFICULTY;
  }

  /** The cache of an epoch, made if it is not among the last ones. */
  EthashCache cache(EthashEpoch epoch) {
    return caches.computeIfAbsent(epoch.number(), _ -> new EthashCache(epoch));
  }

  /** The greatest value that meets a difficulty; 2^256 for 1. */
  static BigInteger bound(U256 difficulty) {
    return RANGE.divide(difficulty.toBigInteger());
  }

  /** Whether a value is at most 2^256 over the difficulty. */
  static boolean meets(U256 value, U256 difficulty) {
    return value.toBigInteger().compareTo(bound(difficulty)) <= 0;
  }
}
