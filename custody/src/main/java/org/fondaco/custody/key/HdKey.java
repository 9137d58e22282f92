package org.fondaco.custody.key;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.ByteVector32;
import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.DeterministicWallet.ExtendedPublicKey;
import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A private key of the tree (BIP-32), in clear; closing it overwrites it. The library's own tree is
 * not used here because its keys cannot be overwritten; the tests compare with it.
 */
public final class HdKey implements AutoCloseable {
  private static final Secp256k1 LIBRARY = Secp256k1.Companion.get();
  private static final byte[] MASTER = "Bitcoin seed".getBytes(StandardCharsets.US_ASCII);

  private final byte[] key;
  private final byte[] chainCode;
  private final KeyPath path;
  private final long parent;

  private HdKey(byte[] key, byte[] chainCode, KeyPath path, long parent) {
    this.key = key;
    this.chainCode = chainCode;
    this.path = path;
    this.parent = parent;
  }

  /**
   * The master key.
   *
   * @param seed 16 to 64 bytes; they stay the caller's to wipe
   * @throws IllegalArgumentException for the seed in 2^127 that has none
   */
  public static HdKey master(byte[] seed) {
    byte[] mac = mac(MASTER, seed);
    try {
      byte[] key = Arrays.copyOf(mac, 32);
      if (!LIBRARY.secKeyVerify(key)) {
        throw new IllegalArgumentException("this seed has no master key");
      }
      return new HdKey(key, Arrays.copyOfRange(mac, 32, 64), KeyPath.MASTER, 0);
    } finally {
      Wipe.bytes(mac);
    }
  }

  /** The key at a path below the master key; those on the way are wiped. */
  public static HdKey derive(byte[] seed, KeyPath path) {
    HdKey key = master(seed);
    for (int step : path.steps()) {
      try (HdKey left = key) {
        key = left.child(step);
      }
    }
    return key;
  }

  /**
   * The child of a number whose top bit means hardened.
   *
   * @throws IllegalArgumentException for the number in 2^127 that has none
   */
  private HdKey child(int step) {
    byte[] publicKey = publicKey();
    ByteBuffer data = ByteBuffer.allocate(37);
    if (step < 0) {
      data.put((byte) 0).put(key);
    } else {
      data.put(publicKey);
    }
    data.putInt(step);
    byte[] mac = mac(chainCode, data.array());
    byte[] tweak = Arrays.copyOf(mac, 32);
    try {
      // A new array: the library leaves its arguments as they are.
      byte[] child = LIBRARY.privKeyTweakAdd(key, tweak);
      KeyPath below = step < 0 ? path.hardened(step & Integer.MAX_VALUE) : path.child(step);
      return new HdKey(child, Arrays.copyOfRange(mac, 32, 64), below, fingerprint(publicKey));
    } catch (Secp256k1Exception e) {
      throw new IllegalArgumentException("the key " + path + " has no child " + step, e);
    } finally {
      Wipe.bytes(data.array(), mac, tweak);
    }
  }

  /** The key itself, 32 bytes; they stay this object's and are wiped with it. */
  public byte[] secret() {
    return key;
  }

  /** 33 bytes. */
  public byte[] publicKey() {
    return Secp256k1.Companion.pubKeyCompress(LIBRARY.pubkeyCreate(key));
  }

  public KeyPath path() {
    return path;
  }

  /** The public half of this part of the tree: every plain child can be had from it. */
  public ExtendedPublicKey extendedPublicKey() {
    return new ExtendedPublicKey(
        new ByteVector(publicKey()),
        new ByteVector32(chainCode.clone()),
        path.steps().size(),
        new fr.acinq.bitcoin.KeyPath(path.toString()),
        parent);
  }

  private static long fingerprint(byte[] publicKey) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(Crypto.hash160(publicKey)).getInt());
  }

  private static byte[] mac(byte[] key, byte[] data) {
    HMac mac = new HMac(new SHA512Digest());
    mac.init(new KeyParameter(key));
    mac.update(data, 0, data.length);
    byte[] output = new byte[64];
    mac.doFinal(output, 0);
    return output;
  }

  @Override
  public void close() {
    Wipe.bytes(key, chainCode);
  }

  /** The path only. */
  @Override
  public String toString() {
    return "key " + path;
  }
}
