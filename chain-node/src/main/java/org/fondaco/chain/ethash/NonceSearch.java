package org.fondaco.chain.ethash;

import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/**
 * Tries nonces on the whole dataset: the main loop of the Ethash specification for several nonces
 * side by side. A hash is a chain of 64 reads anywhere in a gibibyte, each waiting for the one
 * before; side by side they wait together. Scratch space of one thread.
 */
final class NonceSearch {
  /** Nonces of one attempt. */
  static final int SIDE_BY_SIDE = 16;

  private final Dataset dataset;
  private final long[] header = new long[Hashimoto.DIGEST_LANES];
  private final U256 difficulty;
  private final long boundTop;

  private final SealHash hash = new SealHash();
  private final long[] seeds = new long[SIDE_BY_SIDE * Hashimoto.SEED_LANES];
  private final int[] firsts = new int[SIDE_BY_SIDE];
  private final int[] indices = new int[SIDE_BY_SIDE];

  /** Means nothing; keeps the compiler from leaving out the reads that call pages from memory. */
  @SuppressWarnings("UnusedVariable") // written is enough
  private int touched;

  private final int[] mix = new int[SIDE_BY_SIDE * Hashimoto.MIX_WORDS];
  private final int[] pages = new int[SIDE_BY_SIDE * Hashimoto.MIX_WORDS];

  NonceSearch(Dataset dataset, Hash sealHash, U256 difficulty) {
    this.dataset = dataset;
    this.difficulty = difficulty;
    Words.toLanes(sealHash.toBytes(), Hashimoto.DIGEST_LANES, header);
    boundTop =
        difficulty.equals(U256.ONE)
            ? -1
            : EthashVerifier.bound(difficulty).shiftRight(192).longValue();
  }

  /**
   * Tries sixteen nonces from {@code nonce} on.
   *
   * @return the offset of the first that meets the difficulty; negative if none does
   */
  int attempt(long nonce) {
    for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
      seed(lane, nonce + lane);
    }
    int count = dataset.pages();
    for (int access = 0; access < Hashimoto.ACCESSES; access++) {
      int word = access % Hashimoto.MIX_WORDS;
      for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
        int at = lane * Hashimoto.MIX_WORDS;
        int chosen = Words.fnv(access ^ firsts[lane], mix[at + word]);
        int index = Integer.remainderUnsigned(chosen, count);
        indices[lane] = index;
        touched ^= dataset.touch(index);
      }
      for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
        dataset.page(indices[lane], pages, lane * Hashimoto.MIX_WORDS);
      }
      Words.fnv(mix, pages, SIDE_BY_SIDE * Hashimoto.MIX_WORDS);
    }
    for (int lane = 0; lane < SIDE_BY_SIDE; lane++) {
      if (meets(lane)) {
        return lane;
      }
    }
    return -1;
  }

  private void seed(int lane, long nonce) {
    long[] lanes = hash.lanes();
    System.arraycopy(header, 0, lanes, 0, Hashimoto.DIGEST_LANES);
    lanes[Hashimoto.DIGEST_LANES] = nonce;
    hash.keccak512(Hashimoto.DIGEST_LANES + 1);
    System.arraycopy(lanes, 0, seeds, lane * Hashimoto.SEED_LANES, Hashimoto.SEED_LANES);
    int at = lane * Hashimoto.MIX_WORDS;
    Words.toWords(lanes, mix, at);
    Words.toWords(lanes, mix, at + Hashimoto.ITEM_WORDS);
    firsts[lane] = mix[at];
  }

  private boolean meets(int lane) {
    long[] lanes = hash.lanes();
    System.arraycopy(seeds, lane * Hashimoto.SEED_LANES, lanes, 0, Hashimoto.SEED_LANES);
    int at = lane * Hashimoto.MIX_WORDS;
    for (int i = 0; i < Hashimoto.DIGEST_LANES; i++) {
      lanes[Hashimoto.SEED_LANES + i] = Hashimoto.digestLane(mix, at, i);
    }
    hash.keccak256(Hashimoto.SEED_LANES + Hashimoto.DIGEST_LANES);
    if (Long.compareUnsigned(Long.reverseBytes(lanes[0]), boundTop) > 0) {
      return false; // all but one in 2^64 are decided here
    }
    byte[] value = new byte[Hash.BYTES];
    Words.toBytes(lanes, Hashimoto.DIGEST_LANES, value);
    return EthashVerifier.meets(U256.fromBytes32(value, 0), difficulty);
  }
}
