package org.fondaco.chain.ethash;

import org.fondaco.chain.word.Hash;

/** The hash that a nonce must make small (Ethash specification, "Main loop"). */
public final class Hashimoto {
  static final int ACCESSES = 64;
  static final int MIX_WORDS = EthashEpoch.MIX_BYTES / Integer.BYTES;
  static final int ITEM_WORDS = EthashEpoch.HASH_BYTES / Integer.BYTES;
  static final int SEED_LANES = 8;
  static final int DIGEST_LANES = 4;

  /**
   * What a nonce gives.
   *
   * @param mixHash goes into the header
   * @param value is compared with the difficulty's bound
   */
  public record Result(Hash mixHash, Hash value) {}

  private Hashimoto() {}

  /** Computes the items of the dataset that it reads: about a millisecond. */
  public static Result light(EthashCache cache, Hash sealHash, long nonce) {
    int pages = Math.toIntExact(cache.epoch().datasetBytes() / EthashEpoch.MIX_BYTES);
    SealHash hash = new SealHash();
    long[] lanes = hash.lanes();
    Words.toLanes(sealHash.toBytes(), DIGEST_LANES, lanes);
    lanes[DIGEST_LANES] = nonce;
    hash.keccak512(DIGEST_LANES + 1);
    long[] seed = new long[SEED_LANES];
    System.arraycopy(lanes, 0, seed, 0, SEED_LANES);
    int[] mix = new int[MIX_WORDS];
    Words.toWords(seed, mix, 0);
    Words.toWords(seed, mix, ITEM_WORDS);
    int first = mix[0];
    int[] page = new int[MIX_WORDS];
    EthashCache.Scratch scratch = new EthashCache.Scratch(2);
    for (int access = 0; access < ACCESSES; access++) {
      int index =
          Integer.remainderUnsigned(Words.fnv(access ^ first, mix[access % MIX_WORDS]), pages);
      cache.items(2 * index, 2, scratch, page);
      Words.fnv(mix, page, MIX_WORDS);
    }
    return result(hash, seed, mix);
  }

  private static Result result(SealHash hash, long[] seed, int[] mix) {
    long[] lanes = hash.lanes();
    System.arraycopy(seed, 0, lanes, 0, SEED_LANES);
    long[] digest = new long[DIGEST_LANES];
    for (int lane = 0; lane < DIGEST_LANES; lane++) {
      digest[lane] = digestLane(mix, 0, lane);
    }
    System.arraycopy(digest, 0, lanes, SEED_LANES, DIGEST_LANES);
    hash.keccak256(SEED_LANES + DIGEST_LANES);
    byte[] mixHash = new byte[Hash.BYTES];
    byte[] value = new byte[Hash.BYTES];
    Words.toBytes(digest, DIGEST_LANES, mixHash);
    Words.toBytes(lanes, DIGEST_LANES, value);
    return new Result(Hash.of(mixHash), Hash.of(value));
  }

  /** One of the four lanes of the mix hash: the mix at {@code at}, compressed four to one. */
  static long digestLane(int[] mix, int at, int lane) {
    int from = at + 8 * lane;
    return (compressed(mix, from) & 0xffff_ffffL) | (long) compressed(mix, from + 4) << 32;
  }

  private static int compressed(int[] mix, int at) {
    return Words.fnv(Words.fnv(Words.fnv(mix[at], mix[at + 1]), mix[at + 2]), mix[at + 3]);
  }
}
