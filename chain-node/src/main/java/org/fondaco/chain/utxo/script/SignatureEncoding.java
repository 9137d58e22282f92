package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.fondaco.chain.crypto.Ecdsa;

/** The forms that signatures and public keys must have where flags ask for them. */
final class SignatureEncoding {
  private static final ScriptFlags DER_FLAGS =
      ScriptFlags.of(ScriptFlag.DERSIG, ScriptFlag.LOW_S, ScriptFlag.STRICTENC);

  private static final int COMPRESSED_BYTES = 33;
  private static final int UNCOMPRESSED_BYTES = 65;

  private SignatureEncoding() {}

  /**
   * @param signature with its hash type; an empty one is a way to fail on purpose
   */
  static void check(byte[] signature, ScriptFlags flags) {
    if (signature.length == 0) {
      return;
    }
    byte[] der = Arrays.copyOf(signature, signature.length - 1);
    checkDer(der, flags);
    require(
        !flags.has(ScriptFlag.STRICTENC) || isDefined(signature[signature.length - 1] & 0xff),
        ScriptError.SIG_HASHTYPE);
  }

  /**
   * @param der without a hash type
   */
  static void checkDer(byte[] der, ScriptFlags flags) {
    require(!flags.hasAny(DER_FLAGS) || isStrictDer(der), ScriptError.SIG_DER);
    require(!flags.has(ScriptFlag.LOW_S) || Ecdsa.isLowS(der), ScriptError.SIG_HIGH_S);
  }

  static void checkKey(byte[] key, ScriptFlags flags, SignatureVersion version) {
    require(
        !flags.has(ScriptFlag.STRICTENC) || isCompressed(key) || isUncompressed(key),
        ScriptError.PUBKEYTYPE);
    require(
        !flags.has(ScriptFlag.WITNESS_PUBKEYTYPE)
            || version != SignatureVersion.WITNESS_V0
            || isCompressed(key),
        ScriptError.WITNESS_PUBKEYTYPE);
  }

  static boolean isCompressed(byte[] key) {
    return key.length == COMPRESSED_BYTES && (key[0] == 2 || key[0] == 3);
  }

  private static boolean isUncompressed(byte[] key) {
    return key.length == UNCOMPRESSED_BYTES && key[0] == 4;
  }

  /** Whether the length fits the first byte; hybrid keys (6 and 7) are verified, but not strict. */
  static boolean isKey(byte[] key) {
    return isCompressed(key)
        || key.length == UNCOMPRESSED_BYTES && (key[0] == 4 || key[0] == 6 || key[0] == 7);
  }

  static boolean isDefined(int hashType) {
    int base = hashType & ~SignatureHash.ANYONE_CAN_PAY;
    return base >= SignatureHash.ALL && base <= SignatureHash.SINGLE;
  }

  /** BIP-66, here without the hash type: 0x30 length 0x02 length r 0x02 length s. */
  static boolean isStrictDer(byte[] der) {
    if (der.length < 8 || der.length > 72 || der[0] != 0x30 || der[1] != der.length - 2) {
      return false;
    }
    int lengthR = der[3] & 0xff;
    if (5 + lengthR >= der.length) {
      return false;
    }
    int lengthS = der[5 + lengthR] & 0xff;
    return lengthR + lengthS + 6 == der.length
        && isInteger(der, 2, lengthR)
        && isInteger(der, 4 + lengthR, lengthS);
  }

  /** Neither empty, nor negative, nor with a zero byte more than the sign needs. */
  private static boolean isInteger(byte[] der, int tag, int length) {
    int at = tag + 2;
    return der[tag] == 0x02
        && length > 0
        && der[at] >= 0
        && (length == 1 || der[at] != 0 || der[at + 1] < 0);
  }
}
