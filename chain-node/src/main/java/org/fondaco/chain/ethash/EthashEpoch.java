package org.fondaco.chain.ethash;

import java.util.HexFormat;

/**
 * The sizes and the seed that hold for 30,000 blocks (Ethash specification, revision 23).
 *
 * @param number 0 from the genesis block on
 * @param cacheBytes size of the cache that verification needs
 * @param datasetBytes size of the dataset (DAG) that mining needs
 * @param seedHash what the cache is grown from, as 64 hexadecimal digits
 */
public record EthashEpoch(int number, int cacheBytes, long datasetBytes, String seedHash) {
  /** Blocks an epoch. */
  public static final int BLOCKS = 30_000;

  /** Whether the sizes are those for tests. */
  boolean isTiny() {
    return size() == Size.TINY;
  }

  Size size() {
    return datasetBytes == TINY_DATASET_BYTES ? Size.TINY : Size.FULL;
  }

  static final int HASH_BYTES = 64;
  static final int MIX_BYTES = 128;

  private static final int NUMBER_MAX = 0x7fff;
  private static final long CACHE_BYTES_INITIAL = 1L << 24;
  private static final long CACHE_BYTES_GROWTH = 1L << 17;
  private static final long DATASET_BYTES_INITIAL = 1L << 30;
  private static final long DATASET_BYTES_GROWTH = 1L << 23;
  private static final int TINY_CACHE_BYTES = 1024;
  private static final long TINY_DATASET_BYTES = 32 * 1024;

  /** How much memory and work an epoch asks for. */
  public enum Size {
    /** The sizes of the main network: 16 MiB and 1 GiB at first. */
    FULL,
    /** A cache of 1 KiB and a dataset of 32 KiB, for tests and development chains. */
    TINY
  }

  /** Whether a block of this number has an epoch. */
  static boolean exists(long blockNumber) {
    return blockNumber >= 0 && blockNumber / BLOCKS <= NUMBER_MAX;
  }

  /**
   * The epoch of a block.
   *
   * @param blockNumber at least 0, and below 983,040,000 (epoch 32,768, whose cache no longer fits
   *     a Java array)
   */
  public static EthashEpoch of(long blockNumber, Size size) {
    if (!exists(blockNumber)) {
      throw new IllegalArgumentException("no Ethash epoch for block " + blockNumber);
    }
    int number = (int) (blockNumber / BLOCKS);
    return switch (size) {
      case FULL -> new EthashEpoch(number, cacheBytes(number), datasetBytes(number), seed(number));
      case TINY -> new EthashEpoch(number, TINY_CACHE_BYTES, TINY_DATASET_BYTES, seed(number));
    };
  }

  /** The largest prime number of rows below the linear growth, so that no row pattern repeats. */
  private static int cacheBytes(int number) {
    long bound = CACHE_BYTES_INITIAL + CACHE_BYTES_GROWTH * number;
    return Math.toIntExact(primeBelow(bound / HASH_BYTES) * HASH_BYTES);
  }

  private static long datasetBytes(int number) {
    long bound = DATASET_BYTES_INITIAL + DATASET_BYTES_GROWTH * number;
    return primeBelow(bound / MIX_BYTES) * MIX_BYTES;
  }

  private static long primeBelow(long bound) {
    long candidate = bound - 1;
    while (!isPrime(candidate)) {
      candidate -= 2;
    }
    return candidate;
  }

  private static boolean isPrime(long odd) {
    for (long divisor = 3; divisor * divisor <= odd; divisor += 2) {
      if (odd % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  /** Keccak-256 of the seed before, an epoch; 32 zero bytes at first. */
  private static String seed(int number) {
    SealHash hash = new SealHash();
    for (int epoch = 0; epoch < number; epoch++) {
      hash.keccak256(4);
    }
    byte[] bytes = new byte[32];
    Words.toBytes(hash.lanes(), 4, bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
