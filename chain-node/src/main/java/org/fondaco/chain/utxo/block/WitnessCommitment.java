package org.fondaco.chain.utxo.block;

import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** BIP-141: how a coinbase commits to the witnesses of its block. */
public final class WitnessCommitment {
  /** OP_RETURN, a push of 36 bytes, and the commitment's mark. */
  private static final byte[] HEADER = {0x6a, 0x24, (byte) 0xaa, 0x21, (byte) 0xa9, (byte) 0xed};

  private static final int SCRIPT_BYTES_MIN = HEADER.length + Hash.BYTES;

  private WitnessCommitment() {}

  /** The commitment that the last output of its form makes, or null if there is none. */
  public static @Nullable Hash of(Transaction coinbase) {
    Hash found = null;
    for (Output output : coinbase.outputs()) {
      byte[] script = output.script();
      if (script.length >= SCRIPT_BYTES_MIN
          && Arrays.equals(script, 0, HEADER.length, HEADER, 0, HEADER.length)) {
        found = Hash.of(Arrays.copyOfRange(script, HEADER.length, SCRIPT_BYTES_MIN));
      }
    }
    return found;
  }

  /** What a coinbase with this reserved value has to commit to. */
  public static Hash expected(List<Transaction> transactions, byte[] reserved) {
    byte[] pair = Arrays.copyOf(MerkleRoot.ofWitnesses(transactions).root().toBytes(), 64);
    System.arraycopy(reserved, 0, pair, Hash.BYTES, Hash.BYTES);
    return Hash.of(Sha256.twice(pair));
  }

  /** The script of the output that makes this commitment. */
  public static byte[] script(Hash commitment) {
    byte[] script = Arrays.copyOf(HEADER, SCRIPT_BYTES_MIN);
    commitment.copyTo(script, HEADER.length);
    return script;
  }
}
