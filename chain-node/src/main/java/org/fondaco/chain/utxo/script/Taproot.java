package org.fondaco.chain.utxo.script;

import java.security.MessageDigest;
import java.util.Arrays;
import org.fondaco.chain.crypto.Schnorr;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/** BIP-341: trees of scripts, tweaked keys, and what a Schnorr signature signs. */
public final class Taproot {
  public static final int LEAF_TAPSCRIPT = 0xc0;
  static final int LEAF_MASK = 0xfe;
  static final int ANNEX_TAG = 0x50;
  static final int CONTROL_BASE = 33;
  static final int CONTROL_NODE = 32;
  static final int CONTROL_NODES_MAX = 128;

  private static final int DEFAULT = 0;

  private Taproot() {}

  /**
   * The parts of a signature message that are the script's and not the transaction's.
   *
   * @param annexHash null without an annex
   * @param leafHash null when the key of the output itself signs
   * @param codeSeparator position of the last OP_CODESEPARATOR run, or 0xffffffff
   */
  public record Path(byte @Nullable [] annexHash, byte @Nullable [] leafHash, long codeSeparator) {
    static final long NO_SEPARATOR = 0xffff_ffffL;

    /** Without annex, by the key of the output. */
    public static final Path KEY = new Path(null, null, NO_SEPARATOR);
  }

  public static byte[] leafHash(int version, byte[] script) {
    MessageDigest digest = Sha256.tagged("TapLeaf");
    digest.update(new WireWriter(script.length + 6).uint8(version).prefixed(script).toBytes());
    return digest.digest();
  }

  /** The node above two, whose order does not matter. */
  public static byte[] branchHash(byte[] one, byte[] other) {
    MessageDigest digest = Sha256.tagged("TapBranch");
    boolean ordered = Arrays.compareUnsigned(one, other) < 0;
    digest.update(ordered ? one : other);
    digest.update(ordered ? other : one);
    return digest.digest();
  }

  /**
   * What is added to an internal key.
   *
   * @param root of the tree of scripts, or null where there is none
   */
  public static byte[] tweak(byte[] internalKey, byte @Nullable [] root) {
    MessageDigest digest = Sha256.tagged("TapTweak");
    digest.update(internalKey);
    if (root != null) {
      digest.update(root);
    }
    return digest.digest();
  }

  /** Whether {@code control} shows that the output's key commits to the leaf. */
  static boolean commits(byte[] control, byte[] leafHash, byte[] outputKey) {
    byte[] node = leafHash;
    for (int at = CONTROL_BASE; at < control.length; at += CONTROL_NODE) {
      node = branchHash(node, Arrays.copyOfRange(control, at, at + CONTROL_NODE));
    }
    byte[] internalKey = Arrays.copyOfRange(control, 1, CONTROL_BASE);
    byte[] tweaked = Schnorr.tweaked(internalKey, tweak(internalKey, node));
    return tweaked != null
        && (tweaked[0] & 1) == (control[0] & 1)
        && Arrays.equals(tweaked, 1, CONTROL_BASE, outputKey, 0, CONTROL_NODE);
  }

  /** The hash that is signed, or null where {@code hashType} is none or has no output. */
  public static byte @Nullable [] signatureHash(
      Spending spending, int index, int hashType, Path path) {
    Transaction transaction = spending.transaction();
    int output = hashType == DEFAULT ? SignatureHash.ALL : hashType & 3;
    boolean anyone = hashType >= SignatureHash.ANYONE_CAN_PAY;
    if (hashType > 3 && (hashType < 0x81 || hashType > 0x83)
        || output == SignatureHash.SINGLE && index >= transaction.outputs().size()) {
      return null;
    }
    WireWriter writer = new WireWriter(280);
    writer.uint8(0).uint8(hashType);
    writer.int32(transaction.version()).int32(transaction.lockTime());
    if (!anyone) {
      writer.bytes(spending.outPointsHash()).bytes(spending.amountsHash());
      writer.bytes(spending.scriptsHash()).bytes(spending.sequencesHash());
    }
    if (output == SignatureHash.ALL) {
      writer.bytes(spending.outputsHash());
    }
    writer.uint8((path.leafHash() == null ? 0 : 2) + (path.annexHash() == null ? 0 : 1));
    if (anyone) {
      Input input = transaction.inputs().get(index);
      writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
      Spending.write(spending.spent().get(index), writer);
      writer.int32(input.sequence());
    } else {
      writer.int32(index);
    }
    if (path.annexHash() != null) {
      writer.bytes(path.annexHash());
    }
    if (output == SignatureHash.SINGLE) {
      writer.bytes(hash(transaction.outputs().get(index)));
    }
    if (path.leafHash() != null) {
      // The key version of BIP-342 is 0.
      writer.bytes(path.leafHash()).uint8(0).int32(path.codeSeparator());
    }
    MessageDigest digest = Sha256.tagged("TapSighash");
    digest.update(writer.toBytes());
    return digest.digest();
  }

  private static byte[] hash(Output output) {
    WireWriter writer = new WireWriter();
    Spending.write(output, writer);
    return Sha256.hash(writer.toBytes());
  }

  /** BIP-342: operations that make any script succeed, so that they can be given a meaning. */
  static boolean isSuccess(int opcode) {
    return opcode == 80
        || opcode == 98
        || opcode >= 126 && opcode <= 129
        || opcode >= 131 && opcode <= 134
        || opcode >= 137 && opcode <= 138
        || opcode >= 141 && opcode <= 142
        || opcode >= 149 && opcode <= 153
        || opcode >= 187 && opcode <= 254;
  }
}
