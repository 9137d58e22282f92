package org.fondaco.custody.vault;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.fondaco.custody.vault.VaultException.Reason;

/**
 * Argon2id (RFC 9106): what a guess of the passphrase costs.
 *
 * @param memoryKiB 8 for each lane to 1 GiB
 * @param iterations 1 to 64
 * @param lanes 1 to 16
 */
public record Argon2(int memoryKiB, int iterations, int lanes) {
  /** The RFC's second recommendation: 64 MiB, three passes, four lanes. */
  public static final Argon2 STANDARD = new Argon2(64 << 10, 3, 4);

  static final int SALT_BYTES = 16;

  private static final int KEY_BYTES = 32;
  private static final Pattern LINE =
      Pattern.compile(
          "argon2id memory-kib=([0-9]{1,7}) iterations=([0-9]{1,2}) lanes=([0-9]{1,2})"
              + " salt=([0-9a-f]{32})");

  public Argon2 {
    if (lanes < 1 || lanes > 16 || iterations < 1 || iterations > 64) {
      throw new IllegalArgumentException("Argon2 has 1 to 16 lanes and 1 to 64 iterations");
    }
    if (memoryKiB < 8 * lanes || memoryKiB > 1 << 20) {
      throw new IllegalArgumentException("Argon2 has 8 KiB a lane to 1 GiB of memory");
    }
  }

  /** A cost and the salt that goes with it. */
  record Salted(Argon2 cost, byte[] salt) {
    static Salted parse(String line) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new VaultException(Reason.FORMAT, "this key derivation is not known: " + line);
      }
      try {
        return new Salted(
            new Argon2(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))),
            HexFormat.of().parseHex(matcher.group(4)));
      } catch (IllegalArgumentException e) {
        throw new VaultException(Reason.FORMAT, String.valueOf(e.getMessage()), e);
      }
    }

    String line() {
      return "argon2id memory-kib=%d iterations=%d lanes=%d salt=%s"
          .formatted(cost.memoryKiB, cost.iterations, cost.lanes, HexFormat.of().formatHex(salt));
    }

    /** 32 bytes, the caller's to wipe. */
    byte[] key(byte[] passphrase) {
      Argon2BytesGenerator generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(cost.memoryKiB)
              .withIterations(cost.iterations)
              .withParallelism(cost.lanes)
              .withSalt(salt)
              .build());
      byte[] key = new byte[KEY_BYTES];
      generator.generateBytes(passphrase, key);
      return key;
    }
  }
}
