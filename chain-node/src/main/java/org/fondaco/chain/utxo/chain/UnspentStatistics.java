package org.fondaco.chain.utxo.chain;

import java.security.MessageDigest;
import org.fondaco.chain.crypto.MuHash;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * All unspent outputs in numbers, as gettxoutsetinfo tells them.
 *
 * @param tip after which block
 * @param transactions with at least one unspent output
 * @param outputs number of them
 * @param bogoSize Core's measure of size, which no database has
 * @param hash Core's "hash_serialized_3", or its "muhash" if that was asked for
 * @param total in satoshi
 * @param diskBytes what they take in the database before it is compressed
 */
public record UnspentStatistics(
    BlockEntry tip,
    long transactions,
    long outputs,
    long bogoSize,
    Hash hash,
    long total,
    long diskBytes) {
  /** 32 for the txid, 4 each for index and height, 8 for the amount, 2 for the script's length. */
  private static final int BOGO_BYTES = 50;

  /** Adds one after another, by txid and index. */
  static final class Count implements ChainStore.UnspentVisitor {
    private final MessageDigest digest = Sha256.digest();
    private final @Nullable MuHash muHash;
    private @Nullable Hash last;
    private long transactions;
    private long outputs;
    private long bogoSize;
    private long total;
    private long diskBytes;

    Count(boolean byMuHash) {
      muHash = byMuHash ? new MuHash() : null;
    }

    @Override
    public boolean visit(OutPoint outPoint, UnspentOutput unspent) {
      if (last == null || !outPoint.txid().equals(last)) {
        last = outPoint.txid();
        transactions++;
      }
      outputs++;
      bogoSize += BOGO_BYTES + unspent.output().script().length;
      total = Math.addExact(total, unspent.output().value());
      WireWriter writer = new WireWriter().hash(outPoint.txid()).int32(outPoint.index());
      Undo.write(unspent, writer);
      byte[] coin = writer.toBytes();
      diskBytes += 1 + coin.length;
      if (muHash == null) {
        digest.update(coin);
      } else {
        muHash.insert(coin);
      }
      return true;
    }

    UnspentStatistics at(BlockEntry tip) {
      Hash hash =
          muHash == null ? Hash.of(digest.digest(digest.digest())) : Hash.of(muHash.digest());
      return new UnspentStatistics(tip, transactions, outputs, bogoSize, hash, total, diskBytes);
    }
  }
}
