package org.fondaco.chain.utxo.pow;

import fr.cryptohash.BLAKE512;
import fr.cryptohash.BMW512;
import fr.cryptohash.Digest;
import fr.cryptohash.Groestl512;
import fr.cryptohash.JH512;
import fr.cryptohash.Keccak512;
import fr.cryptohash.Skein512;

/** Nine rounds, three of which a bit of the round before chooses. */
final class SixHasher implements PowFunction.Hasher {
  private static final int ROUND_BYTES = 64;
  private static final int CHOICE_BIT = 8;

  private final Digest blake = new BLAKE512();
  private final Digest bmw = new BMW512();
  private final Digest groestl = new Groestl512();
  private final Digest jh = new JH512();
  private final Digest keccak = new Keccak512();
  private final Digest skein = new Skein512();
  private final byte[] round = new byte[ROUND_BYTES];

  @Override
  public void hash(byte[] header, byte[] hash) {
    blake.update(header, 0, PowFunction.HEADER_BYTES);
    blake.digest(round, 0, ROUND_BYTES);
    next(bmw);
    next(chosen(groestl, skein));
    next(groestl);
    next(jh);
    next(chosen(blake, bmw));
    next(keccak);
    next(skein);
    next(chosen(keccak, jh));
    System.arraycopy(round, 0, hash, 0, PowFunction.HASH_BYTES);
  }

  private Digest chosen(Digest set, Digest clear) {
    return (round[0] & CHOICE_BIT) != 0 ? set : clear;
  }

  private void next(Digest digest) {
    digest.update(round, 0, ROUND_BYTES);
    digest.digest(round, 0, ROUND_BYTES);
  }
}
