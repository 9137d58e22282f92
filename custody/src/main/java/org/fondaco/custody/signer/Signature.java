package org.fondaco.custody.signer;

import fr.acinq.secp256k1.Secp256k1;
import java.util.Arrays;
import java.util.HexFormat;

/** A signature of 64 bytes: r and s with a low s, or BIP-340's. */
public final class Signature {
  private static final int BYTES = 64;
  private static final int NOT_RECOVERABLE = -1;

  private final byte[] bytes;
  private final int recoveryId;

  private Signature(byte[] bytes, int recoveryId) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length);
    }
    this.bytes = bytes.clone();
    this.recoveryId = recoveryId;
  }

  static Signature plain(byte[] bytes) {
    return new Signature(bytes, NOT_RECOVERABLE);
  }

  static Signature recoverable(byte[] bytes, int recoveryId) {
    return new Signature(bytes, recoveryId);
  }

  /** r and s, 32 bytes each. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  public byte[] r() {
    return Arrays.copyOf(bytes, BYTES / 2);
  }

  public byte[] s() {
    return Arrays.copyOfRange(bytes, BYTES / 2, BYTES);
  }

  /** ECDSA as DER writes it, 8 to 71 bytes, without the byte that names what is signed. */
  public byte[] der() {
    return Secp256k1.Companion.get().compact2der(bytes);
  }

  /**
   * The parity of the nonce's point, 0 or 1; 2 and 3 are possible and nobody has met one.
   *
   * @throws IllegalStateException unless {@link Scheme#ECDSA_RECOVERABLE} was asked for
   */
  public int recoveryId() {
    if (recoveryId == NOT_RECOVERABLE) {
      throw new IllegalStateException("this signature was not asked to be recoverable");
    }
    return recoveryId;
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
