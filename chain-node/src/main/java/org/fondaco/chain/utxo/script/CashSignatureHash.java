package org.fondaco.chain.utxo.script;

import org.fondaco.chain.utxo.token.Token;
import org.fondaco.chain.utxo.token.TokenScript;
import org.jspecify.annotations.Nullable;

/** What a signature on Bitcoin Cash signs: BIP-143's message, marked by a bit of the hash type. */
public final class CashSignatureHash {
  /** The bit of the hash type that asks for the new form. */
  public static final int FORK_ID = CashEncoding.FORK_ID;

  private static final byte[] NOTHING = {};

  private CashSignatureHash() {}

  /**
   * The bytes that are hashed twice; null for the number one, which the original form signs where
   * an output is missing.
   */
  public static byte @Nullable [] message(
      Spending spending, int index, byte[] scriptCode, int hashType, ScriptFlags flags) {
    if (!isForked(hashType, flags)) {
      return SignatureHash.legacyMessage(spending.transaction(), index, scriptCode, hashType);
    }
    boolean tokens = flags.has(ScriptFlag.TOKENS);
    boolean utxos = tokens && (hashType & CashEncoding.ALL_UTXOS) != 0;
    Token token = tokens ? TokenScript.of(spending.spent().get(index).script()).token() : null;
    return SignatureHash.segregatedMessage(
        spending,
        index,
        utxos ? spending.spentHash() : NOTHING,
        token == null ? NOTHING : token.encode(),
        scriptCode,
        hashType);
  }

  /** Whether the new form is asked for and in force. */
  static boolean isForked(int hashType, ScriptFlags flags) {
    return flags.has(ScriptFlag.SIGHASH_FORKID) && (hashType & CashEncoding.FORK_ID) != 0;
  }
}
