package org.fondaco.custody.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.NoSuchElementException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.fondaco.custody.key.Digest;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.vault.VaultException.Reason;

/**
 * A secret in a file that can be printed on paper. Its public lines are in clear and authenticated:
 * they are AES-256-GCM's associated data, with everything before the secret.
 *
 * <pre>
 * fondaco-vault 1
 * public line
 * key argon2id memory-kib=65536 iterations=3 lanes=4 salt=32 digits    (or: key hsm:LABEL)
 * nonce 24 digits
 *
 * Base64 of the secret and its tag of 16 bytes, 76 characters a line
 *
 * sha256 64 digits
 * </pre>
 *
 * The last line tells a damaged file from a wrong passphrase; it proves nothing else.
 */
public final class Envelope {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SUM_LINE = "sha256 ".length() + 2 * Digest.BYTES + 1;
  private static final String HSM = "hsm:";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final List<String> lines;
  private final String key;
  private final byte[] nonce;
  private final byte[] head;
  private final byte[] encrypted;

  private Envelope(List<String> lines, String key, byte[] nonce, byte[] head, byte[] encrypted) {
    this.lines = lines;
    this.key = key;
    this.nonce = nonce;
    this.head = head;
    this.encrypted = encrypted;
  }

  /**
   * The bytes of a new file.
   *
   * @param kind of file, one word
   * @param lines in clear, without line ends
   * @param secret stays the caller's to wipe
   * @param cost of a guess where {@code unlock} is a passphrase
   */
  public static byte[] seal(
      String kind, int version, List<String> lines, byte[] secret, Unlock unlock, Argon2 cost) {
    return seal(kind, version, lines, secret, unlock, cost, RANDOM);
  }

  /** With the random bytes given, for the golden files. */
  static byte[] seal(
      String kind,
      int version,
      List<String> lines,
      byte[] secret,
      Unlock unlock,
      Argon2 cost,
      SecureRandom random) {
    byte[] salt = bytes(random, Argon2.SALT_BYTES);
    byte[] nonce = bytes(random, NONCE_BYTES);
    Argon2.Salted salted = new Argon2.Salted(cost, salt);
    String key =
        switch (unlock) {
          case Passphrase passphrase -> salted.line();
          case WrappingKey wrapping -> HSM + wrapping.label();
        };
    StringBuilder text = new StringBuilder(kind + " " + version + "\n");
    lines.forEach(line -> text.append(line).append('\n'));
    text.append("key ").append(key).append('\n');
    text.append("nonce ").append(HexFormat.of().formatHex(nonce)).append("\n\n");
    byte[] head = text.toString().getBytes(StandardCharsets.UTF_8);
    byte[] encrypted;
    try {
      encrypted =
          switch (unlock) {
            case Passphrase passphrase ->
                aes(Cipher.ENCRYPT_MODE, salted.key(passphrase.utf8()), nonce, head, secret);
            case WrappingKey wrapping -> wrapping.encrypt(nonce, head, secret);
          };
    } catch (GeneralSecurityException e) {
      throw new VaultException(Reason.WRONG_KEY, "the key could not encrypt", e);
    }
    text.append(Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(encrypted));
    text.append("\n\n");
    Digest sum = Digest.sha256(text.toString());
    text.append("sha256 ").append(sum).append('\n');
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads what {@link #seal} wrote, all but the secret.
   *
   * @throws VaultException if it is not such a file, or not whole
   */
  public static Envelope read(String kind, int version, byte[] file) {
    String text = new String(file, StandardCharsets.UTF_8);
    int space = text.indexOf('\n');
    if (!text.startsWith(kind + " ") || space < 0) {
      throw new VaultException(Reason.FORMAT, "this is no " + kind);
    }
    if (!text.substring(0, space).equals(kind + " " + version)) {
      throw new VaultException(
          Reason.FORMAT, "this version is not known: " + text.substring(0, space));
    }
    int sum = text.length() - SUM_LINE;
    if (sum < 0 || !text.startsWith("sha256 ", sum) || !text.endsWith("\n")) {
      throw new VaultException(Reason.TRUNCATED, "the file has no end: it is truncated");
    }
    if (!text.substring(sum + 7, text.length() - 1)
        .equals(Digest.sha256(Arrays.copyOf(file, file.length - SUM_LINE)).toString())) {
      throw new VaultException(
          Reason.DAMAGED, "the file is damaged: its bytes do not have the sum of its last line");
    }
    return parse(text, sum);
  }

  private static Envelope parse(String text, int sum) {
    int blank = text.indexOf("\n\n");
    if (blank < 0 || blank + 2 > sum) {
      throw new VaultException(Reason.FORMAT, "the file is not well formed");
    }
    List<String> lines = new ArrayList<>(text.substring(0, blank).lines().toList());
    try {
      byte[] nonce = HexFormat.of().parseHex(after("nonce ", lines.removeLast()));
      String key = after("key ", lines.removeLast());
      lines.removeFirst();
      byte[] encrypted =
          Base64.getDecoder().decode(text.substring(blank + 2, sum).replace("\n", ""));
      if (nonce.length != NONCE_BYTES) {
        throw new IllegalArgumentException("a nonce has 12 bytes");
      }
      byte[] head = text.substring(0, blank + 2).getBytes(StandardCharsets.UTF_8);
      return new Envelope(List.copyOf(lines), key, nonce, head, encrypted);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      throw new VaultException(Reason.FORMAT, "the file is not well formed", e);
    }
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalArgumentException("a line does not begin with " + word);
    }
    return line.substring(word.length());
  }

  /** The lines in clear. Nothing vouches for them before {@link #open} has succeeded. */
  public List<String> lines() {
    return lines;
  }

  /** The label of the module's key that opens it; empty where a passphrase does. */
  public String moduleKey() {
    return key.startsWith(HSM) ? key.substring(HSM.length()) : "";
  }

  /**
   * The secret, the caller's to wipe.
   *
   * @throws VaultException if this key does not open it, or a line in clear was altered
   */
  public byte[] open(Unlock unlock) {
    if (key.startsWith(HSM) != unlock instanceof WrappingKey) {
      throw new VaultException(
          Reason.WRONG_KEY,
          key.startsWith(HSM) ? "the key " + key + " opens it" : "a passphrase opens it");
    }
    try {
      return switch (unlock) {
        case Passphrase passphrase ->
            aes(
                Cipher.DECRYPT_MODE,
                Argon2.Salted.parse(key).key(passphrase.utf8()),
                nonce,
                head,
                encrypted);
        case WrappingKey wrapping -> wrapping.decrypt(nonce, head, encrypted);
      };
    } catch (AEADBadTagException e) {
      throw new VaultException(
          Reason.WRONG_KEY,
          unlock instanceof Passphrase
              ? "wrong passphrase, or the file was altered on purpose"
              : "another key than that of the module, or the file was altered on purpose",
          e);
    } catch (GeneralSecurityException e) {
      throw new VaultException(Reason.WRONG_KEY, "the key could not decrypt", e);
    }
  }

  /** Wipes the key. */
  private static byte[] aes(int mode, byte[] key, byte[] nonce, byte[] associated, byte[] input)
      throws GeneralSecurityException {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associated);
      byte[] output = new byte[cipher.getOutputSize(input.length)];
      cipher.doFinal(input, 0, input.length, output, 0);
      return output;
    } finally {
      Wipe.bytes(key);
    }
  }

  private static byte[] bytes(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
