package org.fondaco.chain.utxo.wallet;

import org.fondaco.chain.utxo.descriptor.Expanded;
import org.fondaco.chain.utxo.script.ScriptPattern;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;

/**
 * What an input will weigh when it is signed (BIP-141).
 *
 * @param scriptBytes of its script, with the length before it
 * @param witnessBytes of its witness with its count; 0 where there is none
 */
record InputSize(int scriptBytes, int witnessBytes) {
  private static final int OUT_POINT_AND_SEQUENCE = 40;

  /** A signature with low r and low s, its hash type, and the length before it. */
  private static final int SIGNATURE = 72;

  private static final int KEY = 34;
  private static final int TAPROOT = 66;

  static InputSize of(Expanded expanded, boolean cash) {
    byte[] redeem = expanded.redeemScript();
    byte[] witness = expanded.witnessScript();
    if (witness != null) {
      int items = items(pattern(witness, cash));
      int bytes = 1 + items + WireWriter.sizeBytes(witness.length) + witness.length;
      return new InputSize(1 + (redeem == null ? 0 : 35), bytes);
    }
    byte[] inner = redeem == null ? expanded.script() : redeem;
    ScriptPattern pattern = pattern(inner, cash);
    int pushed = redeem == null ? 0 : pushBytes(redeem.length);
    return switch (pattern.type()) {
      case WITNESS_V0_KEYHASH -> new InputSize(1 + pushed, 1 + SIGNATURE + KEY);
      case WITNESS_V1_TAPROOT -> new InputSize(1 + pushed, TAPROOT);
      case PUBKEY,
          PUBKEYHASH,
          SCRIPTHASH,
          LONG_SCRIPTHASH,
          MULTISIG,
          NULLDATA,
          ANCHOR,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_UNKNOWN,
          NONSTANDARD -> {
        int script = items(pattern) + pushed;
        yield new InputSize(WireWriter.sizeBytes(script) + script, 0);
      }
    };
  }

  private static ScriptPattern pattern(byte[] script, boolean cash) {
    return cash ? ScriptPattern.ofCash(script) : ScriptPattern.of(script);
  }

  private static int pushBytes(int length) {
    return length + (length < 76 ? 1 : length < 256 ? 2 : 3);
  }

  /** Bytes of signatures and keys; what cannot be signed counts as one signature. */
  private static int items(ScriptPattern pattern) {
    return switch (pattern.type()) {
      case PUBKEYHASH -> SIGNATURE + KEY;
      case MULTISIG -> 1 + pattern.required() * SIGNATURE;
      case PUBKEY,
          SCRIPTHASH,
          LONG_SCRIPTHASH,
          NULLDATA,
          ANCHOR,
          WITNESS_V0_KEYHASH,
          WITNESS_V0_SCRIPTHASH,
          WITNESS_V1_TAPROOT,
          WITNESS_UNKNOWN,
          NONSTANDARD ->
          SIGNATURE;
    };
  }

  /** Alone: the byte that counts no witness items is the transaction's. */
  int weight() {
    return (OUT_POINT_AND_SEQUENCE + scriptBytes) * Transaction.WITNESS_SCALE + witnessBytes;
  }

  /** In virtual bytes, rounded up. */
  int virtualBytes() {
    return (weight() + Transaction.WITNESS_SCALE - 1) / Transaction.WITNESS_SCALE;
  }
}
