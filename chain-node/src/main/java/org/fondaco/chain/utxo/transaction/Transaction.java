package org.fondaco.chain.utxo.transaction;

import java.util.List;
import org.fondaco.chain.crypto.Sha256;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** A transaction of a UTXO chain, with witnesses where it has them. Immutable. */
public final class Transaction {
  /** BIP-141: a byte without witness weighs this much, one of a witness 1. */
  public static final int WITNESS_SCALE = 4;

  private final int version;
  private final List<Input> inputs;
  private final List<Output> outputs;
  private final long lockTime;
  // Both are computed when first asked for; two threads may compute the same.
  private @Nullable Hash txid;
  private @Nullable Hash wtxid;

  /**
   * @param lockTime unsigned, 32 bits: a height below 500,000,000, else seconds since 1970
   */
  public Transaction(int version, List<Input> inputs, List<Output> outputs, long lockTime) {
    this.version = version;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.lockTime = lockTime;
  }

  /**
   * Reads a transaction that may have witnesses (BIP-144) and nothing behind it.
   *
   * @throws org.fondaco.chain.utxo.wire.WireException on what Bitcoin Core would not read
   */
  public static Transaction decode(byte[] bytes) {
    return decode(bytes, true);
  }

  /**
   * Reads a transaction and nothing behind it.
   *
   * @param witness whether the form of BIP-144 is known; Bitcoin Cash has none
   */
  public static Transaction decode(byte[] bytes, boolean witness) {
    WireReader reader = new WireReader(bytes);
    Transaction transaction = TransactionCodec.read(reader, witness);
    reader.end();
    return transaction;
  }

  /** Reads the next transaction of a block. */
  public static Transaction read(WireReader reader, boolean witness) {
    return TransactionCodec.read(reader, witness);
  }

  public int version() {
    return version;
  }

  public List<Input> inputs() {
    return inputs;
  }

  public List<Output> outputs() {
    return outputs;
  }

  public long lockTime() {
    return lockTime;
  }

  public boolean hasWitness() {
    for (Input input : inputs) {
      if (!input.witness().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  public boolean isCoinbase() {
    return inputs.size() == 1 && inputs.getFirst().outPoint().isNull();
  }

  /** As on the wire: with witnesses if there are any. */
  public byte[] encode() {
    return TransactionCodec.encode(this, hasWitness());
  }

  /** As the txid hashes it. */
  public byte[] encodeWithoutWitness() {
    return TransactionCodec.encode(this, false);
  }

  /** Appends {@link #encode()}. */
  public void write(WireWriter writer) {
    TransactionCodec.write(this, hasWitness(), writer);
  }

  /** Names what the transaction does; witnesses do not change it. */
  public Hash txid() {
    Hash known = txid;
    if (known == null) {
      known = Hash.of(Sha256.twice(encodeWithoutWitness()));
      txid = known;
    }
    return known;
  }

  /** BIP-141: names the transaction with its witnesses. */
  public Hash wtxid() {
    if (!hasWitness()) {
      return txid();
    }
    Hash known = wtxid;
    if (known == null) {
      known = Hash.of(Sha256.twice(encode()));
      wtxid = known;
    }
    return known;
  }

  /** Bytes on the wire. */
  public int size() {
    return TransactionCodec.size(this, hasWitness());
  }

  /** Bytes without witnesses. */
  public int strippedSize() {
    return TransactionCodec.size(this, false);
  }

  /** BIP-141: three times the stripped size and the size. */
  public int weight() {
    return strippedSize() * (WITNESS_SCALE - 1) + size();
  }

  /** The weight in bytes without witness, rounded up. */
  public int virtualSize() {
    return (weight() + WITNESS_SCALE - 1) / WITNESS_SCALE;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Transaction transaction && wtxid().equals(transaction.wtxid());
  }

  @Override
  public int hashCode() {
    return wtxid().hashCode();
  }

  @Override
  public String toString() {
    return Reversed.text(txid());
  }
}
