package org.fondaco.api.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for the database with AES-256-GCM under a key that is only in a file of mode 600
 * beside it: a copy of the database alone opens nothing.
 */
public final class SecretBox {
  private static final int KEY_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  private SecretBox(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /** Reads the key file, making it when absent. */
  public static SecretBox open(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      byte[] key = new byte[KEY_LENGTH];
      new SecureRandom().nextBytes(key);
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var channel = java.nio.channels.FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.write(java.nio.ByteBuffer.wrap(key));
        channel.force(true);
      }
      Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != KEY_LENGTH) {
      throw new IOException(file + " does not hold a 32-byte key");
    }
    return new SecretBox(key);
  }

  /**
   * A secret of 32 bytes for something that is not sealed, the same after every start.
   *
   * @param purpose two purposes have nothing in common
   */
  public byte[] derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Nonce, ciphertext and tag, bound to {@code owner}. */
  public byte[] seal(String owner, byte[] secret) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, owner, secret);
    byte[] all = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
    System.arraycopy(sealed, 0, all, NONCE_LENGTH, sealed.length);
    return all;
  }

  /**
   * @throws IllegalStateException when it was sealed for another owner or under another key
   */
  public byte[] open(String owner, byte[] sealed) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_LENGTH);
    return run(
        Cipher.DECRYPT_MODE, nonce, owner, Arrays.copyOfRange(sealed, NONCE_LENGTH, sealed.length));
  }

  private byte[] run(int mode, byte[] nonce, String owner, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(owner.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a sealed secret does not open with this key file", e);
    }
  }
}
