package org.fondaco.chain.utxo.block;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;

/** A header and its transactions, the coinbase first. */
public record Block(BlockHeader header, List<Transaction> transactions) {
  private static final int TRANSACTION_BYTES_MIN = 10;

  public Block {
    transactions = List.copyOf(transactions);
  }

  /**
   * Reads a block and nothing behind it.
   *
   * @param witness whether the chain knows the form of BIP-144
   * @throws org.fondaco.chain.utxo.wire.WireException on what is not a block
   */
  public static Block decode(byte[] bytes, boolean witness) {
    WireReader reader = new WireReader(bytes);
    BlockHeader header = BlockHeader.read(reader);
    int count = reader.count(TRANSACTION_BYTES_MIN);
    List<Transaction> transactions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      transactions.add(Transaction.read(reader, witness));
    }
    reader.end();
    return new Block(header, transactions);
  }

  /** The name of the block: the hash of its header. */
  public Hash hash() {
    return header.hash();
  }

  public byte[] encode() {
    WireWriter writer = new WireWriter(size());
    header.write(writer);
    writer.size(transactions.size());
    transactions.forEach(transaction -> transaction.write(writer));
    return writer.toBytes();
  }

  /** Bytes on the wire. */
  public int size() {
    return frame() + transactions.stream().mapToInt(Transaction::size).sum();
  }

  /** Bytes without witnesses. */
  public int strippedSize() {
    return frame() + transactions.stream().mapToInt(Transaction::strippedSize).sum();
  }

  /** BIP-141. */
  public int weight() {
    return strippedSize() * (Transaction.WITNESS_SCALE - 1) + size();
  }

  private int frame() {
    return BlockHeader.BYTES + WireWriter.sizeBytes(transactions.size());
  }
}
