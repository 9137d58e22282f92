package org.fondaco.chain.utxo.consensus;

import org.fondaco.chain.utxo.script.CashVerifier;
import org.fondaco.chain.utxo.script.ScriptFlag;
import org.fondaco.chain.utxo.script.ScriptFlags;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;

/** Which script rules a block has to keep. */
public final class ScriptRules {
  /** The one block of Bitcoin that spends a script hash as if it were not one (BIP-16). */
  private static final Hash BEFORE_SCRIPT_HASH =
      Reversed.parse("00000000000002dc756eebf4f49723ed8d30cc28a5f108eb94b1ba88ac4f9c22");

  /** The one block of Bitcoin that spends a taproot output as anyone could. */
  private static final Hash BEFORE_TAPROOT =
      Reversed.parse("0000000000000000000f14c35b2d841e986ab5441de8c585d5ffe55ea1e395ad");

  private ScriptRules() {}

  /**
   * The flags of a block. As Bitcoin Core since 23, script hashes, witnesses and taproot hold from
   * the first block on, for they change no older one but two.
   */
  public static ScriptFlags flags(Consensus consensus, int height, Hash blockHash) {
    Consensus.Forks forks = consensus.forks();
    if (height >= forks.cash()) {
      return CashVerifier.MANDATORY_2025;
    }
    ScriptFlags flags = ScriptFlags.NONE;
    if (!blockHash.equals(BEFORE_SCRIPT_HASH)) {
      flags = flags.with(ScriptFlag.P2SH);
      if (consensus.hasWitness()) {
        flags = flags.with(ScriptFlag.WITNESS);
        if (!blockHash.equals(BEFORE_TAPROOT)) {
          flags = flags.with(ScriptFlag.TAPROOT);
        }
      }
    }
    if (height >= forks.bip66()) {
      flags = flags.with(ScriptFlag.DERSIG);
    }
    if (height >= forks.bip65()) {
      flags = flags.with(ScriptFlag.CHECKLOCKTIMEVERIFY);
    }
    if (height >= forks.csv()) {
      flags = flags.with(ScriptFlag.CHECKSEQUENCEVERIFY);
    }
    return height >= forks.segwit() ? flags.with(ScriptFlag.NULLDUMMY) : flags;
  }
}
