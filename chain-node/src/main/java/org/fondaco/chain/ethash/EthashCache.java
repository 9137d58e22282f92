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

  /** Writes item {@code index} of the dataset, sixteen words, at {@code to}. */
  void item(int index, SealHash hash, int[] mix, int to) {
    long[] lanes = hash.lanes();
    int first = Integer.remainderUnsigned(index, rows) * WORDS;
    System.arraycopy(words, first, mix, to, WORDS);
    mix[to] ^= index;
    Words.toLanes(mix, to, lanes);
    hash.keccak512(LANES);
    Words.toWords(lanes, mix, to);
    for (int parent = 0; parent < PARENTS; parent++) {
      int row =
          Integer.remainderUnsigned(Words.fnv(index ^ parent, mix[to + parent % WORDS]), rows)
              * WORDS;
      for (int i = 0; i < WORDS; i++) {
        mix[to + i] = Words.fnv(mix[to + i], words[row + i]);
      }
    }
    Words.toLanes(mix, to, lanes);
    hash.keccak512(LANES);
    Words.toWords(lanes, mix, to);
  }
}
