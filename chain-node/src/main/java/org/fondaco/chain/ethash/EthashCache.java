package org.fondaco.chain.ethash;

import org.fondaco.chain.word.Hex;

/**
 * The cache of an epoch, and any item of its dataset from it. Immutable once made, so safe for any
 * thread. Making the first one takes about half a second; it is kept for 30,000 blocks.
 */
public final class EthashCache {
  private static final int ROUNDS = 3;
  private static final int PARENTS = 256;
  private static final int WORDS = EthashEpoch.HASH_BYTES / Integer.BYTES;
  private static final int LANES = EthashEpoch.HASH_BYTES / Long.BYTES;

  private final EthashEpoch epoch;
  private final int rows;
  private final int[] words;

  /** Grows the cache from its seed: RandMemoHash (Lerner, 2014), three rounds. */
  public EthashCache(EthashEpoch epoch) {
    this.epoch = epoch;
    rows = epoch.cacheBytes() / EthashEpoch.HASH_BYTES;
    words = new int[rows * WORDS];
    SealHash hash = new SealHash();
    long[] lanes = hash.lanes();
    Words.toLanes(Hex.decode(epoch.seedHash()), 4, lanes);
    hash.keccak512(4);
    Words.toWords(lanes, words, 0);
    for (int row = 1; row < rows; row++) {
      hash.keccak512(LANES);
      Words.toWords(lanes, words, row * WORDS);
    }
    int[] mixed = new int[WORDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int row = 0; row < rows; row++) {
        int before = (row == 0 ? rows - 1 : row - 1) * WORDS;
        int other = Integer.remainderUnsigned(words[row * WORDS], rows) * WORDS;
        for (int i = 0; i < WORDS; i++) {
          mixed[i] = words[before + i] ^ words[other + i];
        }
        Words.toLanes(mixed, 0, lanes);
        hash.keccak512(LANES);
        Words.toWords(lanes, words, row * WORDS);
      }
    }
  }

  public EthashEpoch epoch() {
    return epoch;
  }

  /** The whole cache as the specification prints it: 64 bytes a row. */
  public byte[] toBytes() {
    byte[] bytes = new byte[epoch.cacheBytes()];
    for (int i = 0; i < words.length; i++) {
      for (int k = 0; k < Integer.BYTES; k++) {
        bytes[Integer.BYTES * i + k] = (byte) (words[i] >>> 8 * k);
      }
    }
    return bytes;
  }

  /** Space of one thread for {@link #items}. */
  static final class Scratch {
    private final SealHash hash = new SealHash();
    private final int[] parents;

    /**
     * Allocates.
     *
     * @param items the most at a time
     */
    Scratch(int items) {
      parents = new int[items * WORDS];
    }
  }

  /**
   * Writes items of the dataset, sixteen words each, from the beginning of {@code mix}. One item is
   * a chain of 256 reads anywhere in the cache, each waiting for the one before; several items side
   * by side wait for memory together, which makes sixteen about four times as fast as one by one.
   *
   * @param first number of the first item
   * @param count as many as the scratch space was made for, or fewer
   */
  void items(int first, int count, Scratch scratch, int[] mix) {
    SealHash hash = scratch.hash;
    for (int item = 0; item < count; item++) {
      int at = item * WORDS;
      System.arraycopy(
          words, Integer.remainderUnsigned(first + item, rows) * WORDS, mix, at, WORDS);
      mix[at] ^= first + item;
      digest(hash, mix, at);
    }
    int[] parents = scratch.parents;
    for (int parent = 0; parent < PARENTS; parent++) {
      for (int item = 0; item < count; item++) {
        int at = item * WORDS;
        int chosen = Words.fnv((first + item) ^ parent, mix[at + parent % WORDS]);
        System.arraycopy(
            words, Integer.remainderUnsigned(chosen, rows) * WORDS, parents, at, WORDS);
      }
      Words.fnv(mix, parents, count * WORDS);
    }
    for (int item = 0; item < count; item++) {
      digest(hash, mix, item * WORDS);
    }
  }

  private static void digest(SealHash hash, int[] mix, int at) {
    long[] lanes = hash.lanes();
    Words.toLanes(mix, at, lanes);
    hash.keccak512(LANES);
    Words.toWords(lanes, mix, at);
  }
}
