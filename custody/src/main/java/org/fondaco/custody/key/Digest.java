package org.fondaco.custody.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** 32 bytes that stand for something larger: what is signed, or what is compared. */
public final class Digest {
  public static final int BYTES = 32;

  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Of 32 bytes, which are copied.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static Digest of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
    }
    return new Digest(bytes.clone());
  }

  /**
   * Of 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if they are not
   */
  public static Digest parse(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** SHA-256 of the bytes. */
  public static Digest sha256(byte[] input) {
    return new Digest(sha256().digest(input));
  }

  /** SHA-256 of the text's UTF-8. */
  public static Digest sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A new SHA-256. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest && Arrays.equals(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** 64 hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
