package org.fondaco.chain.utxo.pow;

/** The hash whose value a header's work is measured by. */
public enum PowFunction {
  /** SHA-256 twice: Bitcoin and Bitcoin Cash. */
  SHA256D,
  /** scrypt with N = 1024, r = 1, p = 1 (RFC 7914), header as password and salt: Litecoin. */
  SCRYPT,
  /** Nine rounds over Blake, BMW, Groestl, JH, Keccak and Skein, of 512 bits each. */
  SIX_HASH;

  public static final int HEADER_BYTES = 80;
  public static final int HASH_BYTES = 32;

  /** Computes one hash after another; scratch space of one thread. */
  public interface Hasher {
    /**
     * Hashes a header.
     *
     * @param header 80 bytes
     * @param hash gets 32 bytes, the least significant first
     */
    void hash(byte[] header, byte[] hash);
  }

  public Hasher hasher() {
    return switch (this) {
      case SHA256D -> new Sha256dHasher();
      case SCRYPT -> new ScryptHasher();
      case SIX_HASH -> new SixHasher();
    };
  }

  /** The hash of one header; where many are hashed, {@link #hasher} is faster. */
  public byte[] hash(byte[] header) {
    byte[] hash = new byte[HASH_BYTES];
    hasher().hash(header, hash);
    return hash;
  }
}
