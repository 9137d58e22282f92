package org.fondaco.chain.utxo.script;

import java.security.MessageDigest;
import java.util.Arrays;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * The original signature hashes of one input: {@link SignatureHash#legacy}, fast. The parts of the
 * transaction that all inputs share are serialised once, and for each way to sign the state before
 * the hash type is remembered, as Bitcoin Core does since 30, so that many checks of one input hash
 * the transaction once. One thread.
 */
final class LegacyHashes {
  /** Outpoint, an empty script, and a sequence. */
  static final int BLANK_INPUT_BYTES = 41;

  private static final int WAYS = 6;

  private record Remembered(byte[] scriptCode, MessageDigest beforeHashType) {
    boolean isOf(byte[] code) {
      return Arrays.equals(scriptCode, code);
    }
  }

  private final Spending spending;
  private final int index;
  private final @Nullable Remembered[] remembered = new Remembered[WAYS];

  LegacyHashes(Spending spending, int index) {
    this.spending = spending;
    this.index = index;
  }

  byte[] hash(byte[] scriptCode, int hashType) {
    boolean single = SignatureHash.is(hashType, SignatureHash.SINGLE);
    boolean none = SignatureHash.is(hashType, SignatureHash.NONE);
    if (single && index >= spending.transaction().outputs().size()) {
      return SignatureHash.one();
    }
    int way = (SignatureHash.anyoneCanPay(hashType) ? WAYS / 2 : 0) + (single ? 2 : none ? 1 : 0);
    Remembered before = remembered[way];
    if (before == null || !before.isOf(scriptCode)) {
      before = new Remembered(scriptCode, beforeHashType(scriptCode, hashType));
      remembered[way] = before;
    }
    MessageDigest digest = copy(before.beforeHashType);
    digest.update(new WireWriter(4).int32(hashType).toBytes());
    return Sha256.finishTwice(digest);
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
    }
  }

  private MessageDigest beforeHashType(byte[] scriptCode, int hashType) {
    byte[] code = SignatureHash.withoutSeparators(scriptCode);
    int inputs = spending.transaction().inputs().size();
    MessageDigest digest = Sha256.digest();
    WireWriter first = new WireWriter(code.length + 64).int32(spending.transaction().version());
    if (SignatureHash.anyoneCanPay(hashType)) {
      digest.update(own(first.size(1), code).toBytes());
    } else {
      boolean all =
          !SignatureHash.is(hashType, SignatureHash.SINGLE)
              && !SignatureHash.is(hashType, SignatureHash.NONE);
      byte[] blank = spending.blankInputs(all);
      int from = index * BLANK_INPUT_BYTES;
      int behind = from + BLANK_INPUT_BYTES;
      digest.update(first.size(inputs).toBytes());
      digest.update(blank, 0, from);
      digest.update(own(new WireWriter(code.length + 64), code).toBytes());
      digest.update(blank, behind, blank.length - behind);
    }
    outputs(digest, hashType);
    digest.update(new WireWriter(4).int32(spending.transaction().lockTime()).toBytes());
    return digest;
  }

  private WireWriter own(WireWriter writer, byte[] code) {
    Input input = spending.transaction().inputs().get(index);
    writer.hash(input.outPoint().txid()).int32(input.outPoint().index());
    return writer.prefixed(code).int32(input.sequence());
  }

  private void outputs(MessageDigest digest, int hashType) {
    if (SignatureHash.is(hashType, SignatureHash.NONE)) {
      digest.update((byte) 0);
    } else if (SignatureHash.is(hashType, SignatureHash.SINGLE)) {
      WireWriter writer = new WireWriter(9 * index + 64).size(index + 1);
      for (int i = 0; i < index; i++) {
        writer.int64(-1).size(0);
      }
      Output output = spending.transaction().outputs().get(index);
      Spending.write(output, writer);
      digest.update(writer.toBytes());
    } else {
      digest.update(spending.countedOutputs());
    }
  }
}
