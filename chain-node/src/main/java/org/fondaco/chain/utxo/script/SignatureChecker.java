package org.fondaco.chain.utxo.script;

import static org.fondaco.chain.utxo.script.ScriptException.require;

import java.util.Arrays;
import org.fondaco.chain.crypto.Ecdsa;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Transaction;

/** Checks what scripts ask about the transaction: signatures and lock times of one input. */
class SignatureChecker {
  private static final long LOCK_TIME_THRESHOLD = 500_000_000;
  private static final long SEQUENCE_DISABLED = 1L << 31;
  private static final long SEQUENCE_TYPE = 1L << 22;
  private static final long SEQUENCE_MASK = SEQUENCE_TYPE | 0xffff;
  private static final int SCHNORR_BYTES = 64;

  private final Spending spending;
  private final int index;
  private final LegacyHashes legacy;

  SignatureChecker(Spending spending, int index) {
    this.spending = spending;
    this.index = index;
    legacy = new LegacyHashes(spending, index);
  }

  Spending spending() {
    return spending;
  }

  int index() {
    return index;
  }

  private Transaction transaction() {
    return spending.transaction();
  }

  private Input input() {
    return transaction().inputs().get(index);
  }

  /**
   * @param signature with its hash type
   */
  boolean ecdsa(byte[] signature, byte[] key, byte[] code, SignatureVersion version) {
    if (signature.length == 0 || !SignatureEncoding.isKey(key)) {
      return false;
    }
    int last = signature.length - 1;
    int hashType = signature[last] & 0xff;
    byte[] hash =
        version == SignatureVersion.WITNESS_V0
            ? SignatureHash.segregated(spending, index, code, hashType)
            : legacy.hash(code, hashType);
    return Ecdsa.verify(Arrays.copyOf(signature, last), hash, key);
  }

  /**
   * BIP-341: ends the script unless the signature is good.
   *
   * @param key 32 bytes
   */
  void schnorr(byte[] signature, byte[] key, Taproot.Path path) {
    require(
        signature.length == SCHNORR_BYTES || signature.length == SCHNORR_BYTES + 1,
        ScriptError.SCHNORR_SIG_SIZE);
    int hashType = 0;
    if (signature.length > SCHNORR_BYTES) {
      hashType = signature[SCHNORR_BYTES] & 0xff;
      // The default is told by leaving it out.
      require(hashType != 0, ScriptError.SCHNORR_SIG_HASHTYPE);
    }
    byte[] hash = Taproot.signatureHash(spending, index, hashType, path);
    if (hash == null) {
      throw new ScriptException(ScriptError.SCHNORR_SIG_HASHTYPE);
    }
    require(
        Schnorr.verify(Arrays.copyOf(signature, SCHNORR_BYTES), hash, key),
        ScriptError.SCHNORR_SIG);
  }

  /** BIP-65. */
  boolean lockTime(long asked) {
    long has = transaction().lockTime();
    return has < LOCK_TIME_THRESHOLD == asked < LOCK_TIME_THRESHOLD
        && asked <= has
        && input().sequence() != Input.SEQUENCE_FINAL;
  }

  /** BIP-112. */
  boolean sequence(long asked) {
    long has = input().sequence();
    // Versions are unsigned here.
    if (Integer.compareUnsigned(transaction().version(), 2) < 0 || (has & SEQUENCE_DISABLED) != 0) {
      return false;
    }
    long hasMasked = has & SEQUENCE_MASK;
    long askedMasked = asked & SEQUENCE_MASK;
    return hasMasked < SEQUENCE_TYPE == askedMasked < SEQUENCE_TYPE && askedMasked <= hasMasked;
  }

  /** Whether a relative lock time is none at all. */
  static boolean isSequenceDisabled(long asked) {
    return (asked & SEQUENCE_DISABLED) != 0;
  }
}
