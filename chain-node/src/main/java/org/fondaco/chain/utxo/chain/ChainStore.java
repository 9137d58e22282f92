package org.fondaco.chain.utxo.chain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.consensus.UnspentOutputs;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.WireReader;
import org.fondaco.chain.utxo.wire.WireWriter;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/**
 * What of a UTXO chain is on disk. A key is a letter and a name:
 *
 * <pre>
 * b hash             the block's bytes
 * u hash             what it spent ({@link Undo})
 * i hash             header (80), arrival (8), transactions (4), failed (1)
 * c txid index       an unspent output; the index in big-endian order, so that outputs sort
 * t txid             hash and position (4) of the block of the chain that holds it
 * T                  the tip's hash
 * V                  version and network
 * </pre>
 */
final class ChainStore implements UnspentOutputs {
  private static final int VERSION = 1;
  private static final byte[] TIP = {'T'};
  private static final byte[] IDENTITY = {'V'};
  static final byte[] UNSPENT = {'c'};
  static final byte[] ENTRIES = {'i'};

  private final KeyValueStore store;
  private final boolean witness;

  ChainStore(KeyValueStore store, boolean witness) {
    this.store = store;
    this.witness = witness;
  }

  /**
   * Checks whose database this is, or makes it that network's if it is empty.
   *
   * @throws StoreException if it is another's, or of another version
   */
  void identify(String network) {
    String wanted = VERSION + " " + network;
    byte[] found = store.get(IDENTITY);
    if (found == null) {
      if (store.get(TIP) != null) {
        throw new StoreException("the database is not one of this node");
      }
      store.write(Batch.durable().put(IDENTITY, wanted.getBytes(StandardCharsets.UTF_8)));
    } else if (!wanted.equals(new String(found, StandardCharsets.UTF_8))) {
      throw new StoreException(
          "the database is of version and network \""
              + new String(found, StandardCharsets.UTF_8)
              + "\", not \""
              + wanted
              + "\"");
    }
  }

  // --- blocks ---

  @Nullable Block block(Hash hash) {
    byte[] bytes = store.get(key('b', hash));
    return bytes == null ? null : Block.decode(bytes, witness);
  }

  byte @Nullable [] blockBytes(Hash hash) {
    return store.get(key('b', hash));
  }

  @Nullable Undo undo(Hash hash) {
    byte[] bytes = store.get(key('u', hash));
    return bytes == null ? null : Undo.decode(bytes);
  }

  static void putBlock(Batch batch, Block block, Hash hash) {
    batch.put(key('b', hash), block.encode());
  }

  static void putUndo(Batch batch, Hash hash, Undo undo) {
    batch.put(key('u', hash), undo.encode());
  }

  // --- the tree of headers ---

  static void putEntry(Batch batch, BlockEntry entry) {
    batch.put(
        key('i', entry.hash()),
        new WireWriter(BlockHeader.BYTES + 13)
            .bytes(entry.header().encode())
            .int64(entry.arrival())
            .int32(entry.transactionCount())
            .uint8(entry.isFailed() ? 1 : 0)
            .toBytes());
  }

  /** A stored entry whose parent is not yet known. */
  record Row(Hash hash, BlockHeader header, long arrival, int transactions, boolean failed) {}

  void eachEntry(java.util.function.Consumer<Row> visitor) {
    store.each(
        ENTRIES,
        (key, value) -> {
          WireReader reader = new WireReader(value);
          visitor.accept(
              new Row(
                  Hash.of(Arrays.copyOfRange(key, 1, key.length)),
                  BlockHeader.read(reader),
                  reader.int64(),
                  reader.int32(),
                  reader.uint8() == 1));
          return true;
        });
  }

  @Nullable Hash tip() {
    byte[] bytes = store.get(TIP);
    return bytes == null ? null : Hash.of(bytes);
  }

  static void putTip(Batch batch, Hash hash) {
    batch.put(TIP, hash.toBytes());
  }

  // --- unspent outputs ---

  @Override
  public @Nullable UnspentOutput find(OutPoint outPoint) {
    byte[] bytes = store.get(key(outPoint));
    return bytes == null ? null : Undo.read(new WireReader(bytes));
  }

  /** Visits every unspent output by txid, as bytes of the wire, and index. */
  void eachUnspent(UnspentVisitor visitor) {
    store.each(
        UNSPENT, (key, value) -> visitor.visit(outPoint(key), Undo.read(new WireReader(value))));
  }

  static void putChanges(Batch batch, Changes changes) {
    for (Map.Entry<OutPoint, Optional<UnspentOutput>> change : changes.changed().entrySet()) {
      byte[] key = key(change.getKey());
      Optional<UnspentOutput> unspent = change.getValue();
      if (unspent.isPresent()) {
        WireWriter writer = new WireWriter();
        Undo.write(unspent.get(), writer);
        batch.put(key, writer.toBytes());
      } else {
        batch.remove(key);
      }
    }
  }

  // --- where transactions are ---

  static void putPlaces(Batch batch, Block block, Hash hash) {
    for (int i = 0; i < block.transactions().size(); i++) {
      batch.put(
          key('t', block.transactions().get(i).txid()),
          new WireWriter(36).hash(hash).int32(i).toBytes());
    }
  }

  static void removePlaces(Batch batch, Block block) {
    for (Transaction transaction : block.transactions()) {
      batch.remove(key('t', transaction.txid()));
    }
  }

  UtxoChain.@Nullable Place place(Hash txid) {
    byte[] bytes = store.get(key('t', txid));
    if (bytes == null) {
      return null;
    }
    WireReader reader = new WireReader(bytes);
    return new UtxoChain.Place(reader.hash(), reader.int32());
  }

  void write(Batch batch) {
    store.write(batch);
  }

  void close() {
    store.close();
  }

  private static byte[] key(char kind, Hash hash) {
    byte[] key = new byte[1 + Hash.BYTES];
    key[0] = (byte) kind;
    hash.copyTo(key, 1);
    return key;
  }

  private static byte[] key(OutPoint outPoint) {
    byte[] key = Arrays.copyOf(key('c', outPoint.txid()), 1 + Hash.BYTES + 4);
    for (int i = 0; i < 4; i++) {
      key[1 + Hash.BYTES + i] = (byte) (outPoint.index() >>> 8 * (3 - i));
    }
    return key;
  }

  private static OutPoint outPoint(byte[] key) {
    long index = 0;
    for (int i = 0; i < 4; i++) {
      index = index << 8 | key[1 + Hash.BYTES + i] & 0xff;
    }
    return new OutPoint(Hash.of(Arrays.copyOfRange(key, 1, 1 + Hash.BYTES)), index);
  }

  /** Is shown unspent outputs; false ends the visit. */
  interface UnspentVisitor {
    boolean visit(OutPoint outPoint, UnspentOutput unspent);
  }
}
