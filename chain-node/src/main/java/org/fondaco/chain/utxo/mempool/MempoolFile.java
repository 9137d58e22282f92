package org.fondaco.chain.utxo.mempool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireException;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;

/** The pool between two runs: version (8 bytes), count, and each transaction with its length. */
public final class MempoolFile {
  private static final long VERSION = 1;

  private MempoolFile() {}

  /** Writes the pool, parents first; the old file stays until the new one is whole. */
  public static void save(Mempool pool, Path file) throws IOException {
    List<MempoolEntry> entries = pool.all();
    WireWriter writer = new WireWriter().int64(VERSION).size(entries.size());
    entries.forEach(entry -> writer.prefixed(entry.transaction().encode()));
    Path made = file.resolveSibling(file.getFileName() + ".new");
    Files.write(made, writer.toBytes());
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Offers what a file holds to the pool, up to the first byte that cannot be read; a pool may be
   * lost, so a damaged file stops nobody.
   *
   * @return how many were taken; 0 if there is no file
   */
  public static int load(Path file, Mempool pool, boolean witness) throws IOException {
    if (!Files.exists(file)) {
      return 0;
    }
    int taken = 0;
    for (Transaction transaction : read(Files.readAllBytes(file), witness)) {
      if (pool.accept(transaction) instanceof Mempool.Verdict.Accepted) {
        taken++;
      }
    }
    return taken;
  }

  private static List<Transaction> read(byte[] bytes, boolean witness) {
    List<Transaction> transactions = new ArrayList<>();
    try {
      WireReader reader = new WireReader(bytes);
      if (reader.int64() == VERSION) {
        for (int left = reader.count(1); left > 0; left--) {
          transactions.add(Transaction.decode(reader.prefixed(), witness));
        }
      }
    } catch (WireException e) {
      return transactions;
    }
    return transactions;
  }
}
