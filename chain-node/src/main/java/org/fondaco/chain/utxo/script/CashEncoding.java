package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;

/** The forms that signatures and keys must have on Bitcoin Cash, where they may be Schnorr's. */
final class CashEncoding {
  static final int FORK_ID = 0x40;
  static final int ALL_UTXOS = 0x20;
  static final int SCHNORR_BYTES = 64;

  private static final ScriptFlags SCHNORR_FLAGS =
      ScriptFlags.of(ScriptFlag.SCHNORR, ScriptFlag.SCHNORR_MULTISIG);

  /** Which signatures an operation takes. */
  enum Kind {
    ANY,
    ECDSA,
    SCHNORR
  }

  private CashEncoding() {}

  static boolean isSchnorr(byte[] raw, ScriptFlags flags) {
    return raw.length == SCHNORR_BYTES && flags.hasAny(SCHNORR_FLAGS);
  }

  /**
   * @param signature with its hash type; an empty one is a way to fail on purpose
   */
  static void check(byte[] signature, Kind kind, ScriptFlags flags) {
    if (signature.length == 0) {
      return;
    }
    checkRaw(Arrays.copyOf(signature, signature.length - 1), kind, flags);
    if (flags.has(ScriptFlag.STRICTENC)) {
      checkHashType(signature[signature.length - 1] & 0xff, flags);
    }
  }

  /**
   * @param raw without a hash type
   */
  static void checkRaw(byte[] raw, Kind kind, ScriptFlags flags) {
    boolean schnorr = isSchnorr(raw, flags);
    require(kind != Kind.ECDSA || !schnorr, ScriptError.SIG_BADLENGTH);
    require(kind != Kind.SCHNORR || schnorr, ScriptError.SIG_NONSCHNORR);
    if (!schnorr) {
      SignatureEncoding.checkDer(raw, flags);
    }
  }

  private static void checkHashType(int hashType, ScriptFlags flags) {
    boolean fork = (hashType & FORK_ID) != 0;
    boolean utxos = (hashType & ALL_UTXOS) != 0;
    boolean utxosAllowed =
        fork && flags.has(ScriptFlag.TOKENS) && !SignatureHash.anyoneCanPay(hashType);
    require(
        SignatureEncoding.isDefined(hashType & ~(FORK_ID | ALL_UTXOS)) && (!utxos || utxosAllowed),
        ScriptError.SIG_HASHTYPE);
    boolean forkEnabled = flags.has(ScriptFlag.SIGHASH_FORKID);
    require(forkEnabled || !fork, ScriptError.ILLEGAL_FORKID);
    require(!forkEnabled || fork, ScriptError.MISSING_FORKID);
  }

  static void checkKey(byte[] key, ScriptFlags flags) {
    SignatureEncoding.checkKey(key, flags, SignatureVersion.BASE);
    require(
        !flags.has(ScriptFlag.COMPRESSED_PUBKEYTYPE) || SignatureEncoding.isCompressed(key),
        ScriptError.NONCOMPRESSED_PUBKEY);
  }
}
