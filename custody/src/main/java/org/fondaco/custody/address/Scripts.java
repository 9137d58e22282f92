package org.fondaco.custody.address;

import fr.acinq.bitcoin.Crypto;
import fr.acinq.bitcoin.PublicKey;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** The scriptPubKeys that addresses stand for. */
final class Scripts {
  private static final HexFormat HEX = HexFormat.of();

  private Scripts() {}

  static byte[] keyHash(byte[] hash) {
    return wrapped("76a914", hash, "88ac");
  }

  static byte[] scriptHash(byte[] hash) {
    return wrapped("a914", hash, "87");
  }

  /** Bitcoin Cash's script hash of 32 bytes. */
  static byte[] longScriptHash(byte[] hash) {
    return wrapped("aa20", hash, "87");
  }

  /** BIP-141; {@code version} is 0 or 1, the program has 20 or 32 bytes. */
  static byte[] witness(int version, byte[] program) {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    script.write(version == 0 ? 0 : 0x50 + version);
    script.write(program.length);
    script.writeBytes(program);
    return script.toByteArray();
  }

  /** The script of a key by the purpose that its path begins with. */
  static byte[] of(int purpose, byte[] publicKey) {
    byte[] hash = Crypto.hash160(publicKey);
    return switch (purpose) {
      case 44 -> keyHash(hash);
      case 49 -> scriptHash(Crypto.hash160(witness(0, hash)));
      case 84 -> witness(0, hash);
      case 86 -> witness(1, taproot(publicKey));
      default -> throw new IllegalArgumentException("no purpose " + purpose + "' is known");
    };
  }

  /** BIP-86: the key tweaked by itself, without scripts. */
  private static byte[] taproot(byte[] publicKey) {
    return PublicKey.parse(publicKey)
        .xOnly()
        .outputKey(Crypto.TaprootTweak.KeyPathTweak.INSTANCE)
        .getFirst()
        .value
        .toByteArray();
  }

  static boolean isKeyHash(byte[] script) {
    return matches(script, "76a914", 20, "88ac");
  }

  static boolean isScriptHash(byte[] script) {
    return matches(script, "a914", 20, "87");
  }

  static boolean isLongScriptHash(byte[] script) {
    return matches(script, "aa20", 32, "87");
  }

  /** A program of version 0 or 1 as BIP-141 and BIP-341 have them. */
  static boolean isWitness(byte[] script) {
    return matches(script, "0014", 20, "")
        || matches(script, "0020", 32, "")
        || matches(script, "5120", 32, "");
  }

  private static boolean matches(byte[] script, String before, int length, String after) {
    return script.length == before.length() / 2 + length + after.length() / 2
        && HEX.formatHex(script).startsWith(before)
        && HEX.formatHex(script).endsWith(after);
  }

  /** The hash within one of the three scripts above. */
  static byte[] hash(byte[] script) {
    return isKeyHash(script)
        ? Arrays.copyOfRange(script, 3, 23)
        : Arrays.copyOfRange(script, 2, script.length - 1);
  }

  private static byte[] wrapped(String before, byte[] hash, String after) {
    return HEX.parseHex(before + HEX.formatHex(hash) + after);
  }
}
