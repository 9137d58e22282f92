package org.fondaco.chain.precompile;

import java.util.Arrays;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;

/** ECRECOVER of appendix E: hash, v, r, s to an address; no output where there is none. */
final class Recover implements Precompile {
  private static final byte[] NONE = new byte[0];

  @Override
  public long gas(byte[] input) {
    return 3_000;
  }

  @Override
  public byte[] run(byte[] input) {
    byte[] padded = Arrays.copyOf(input, 128);
    U256 v = U256.fromBytes32(padded, 32);
    if (!v.fitsLong() || v.longValue() != 27 && v.longValue() != 28) {
      return NONE;
    }
    Address signer =
        Secp256k1.recover(
            Arrays.copyOf(padded, 32),
            Arrays.copyOfRange(padded, 64, 128),
            (int) v.longValue() - 27);
    return signer == null ? NONE : signer.toWord().toBytes32();
  }
}
