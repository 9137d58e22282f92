package org.fondaco.chain.utxo.chain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.store.StoreException;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.block.BlockHeader;
import org.fondaco.chain.utxo.consensus.UnspentOutput;
import org.fondaco.chain.utxo.consensus.UnspentOutputs;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.utxo.wire.WireException;
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
 * R                  there while everything but the blocks is made again ({@link Reindex})
 * </pre>
 */
final class ChainStore implements UnspentOutputs {
  private static final int VERSION = 1;
  private static final byte[] TIP = {'T'};
  private static final byte[] IDENTITY = {'V'};
  private static final byte[] REINDEXING = {'R'};
  private static final byte[] BLOCKS = {'b'};
  static final byte[] UNSPENT = {'c'};
  static final byte[] ENTRIES = {'i'};

  private static final int ROW_BYTES = BlockHeader.BYTES + 13;
  private static final int REMOVED_AT_ONCE = 10_000;

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
        throw new StoreException(description() + " is not one of this node");
      }
      store.write(Batch.durable().put(IDENTITY, wanted.getBytes(StandardCharsets.UTF_8)));
    } else if (!wanted.equals(new String(found, StandardCharsets.UTF_8))) {
      throw new StoreException(
          description()
              + " is of version and network \""
              + new String(found, StandardCharsets.UTF_8)
              + "\", not \""
              + wanted
              + "\"");
    }
  }

  // --- blocks ---

  @Nullable Block block(Hash hash) {
    byte[] bytes = store.get(key('b', hash));
    if (bytes == null) {
      return null;
    }
    Block block = read("block " + Reversed.text(hash), () -> Block.decode(bytes, witness));
    if (!block.hash().equals(hash)) {
      throw damaged("block " + Reversed.text(hash), "it is another");
    }
    return block;
  }

  byte @Nullable [] blockBytes(Hash hash) {
    return store.get(key('b', hash));
  }

  @Nullable Undo undo(Hash hash) {
    byte[] bytes = store.get(key('u', hash));
    return bytes == null
        ? null
        : read("what block " + Reversed.text(hash) + " spent", () -> Undo.decode(bytes));
  }

  static void putBlock(Batch batch, Block block, Hash hash) {
    batch.put(key('b', hash), block.encode());
  }

  static void putUndo(Batch batch, Hash hash, Undo undo) {
    batch.put(key('u', hash), undo.encode());
  }

  // --- the tree of headers ---

  static void putEntry(Batch batch, BlockEntry entry) {
    putRow(
        batch,
        new Row(
            entry.hash(),
            entry.header(),
            entry.arrival(),
            entry.transactionCount(),
            entry.isFailed()));
  }

  static void putRow(Batch batch, Row row) {
    batch.put(
        key('i', row.hash()),
        new WireWriter(ROW_BYTES)
            .bytes(row.header().encode())
            .int64(row.arrival())
            .int32(row.transactions())
            .uint8(row.failed() ? 1 : 0)
            .toBytes());
  }

  /** A stored entry whose parent is not yet known. */
  record Row(Hash hash, BlockHeader header, long arrival, int transactions, boolean failed) {}

  void eachEntry(Consumer<Row> visitor) {
    store.each(
        ENTRIES,
        (key, value) -> {
          visitor.accept(read("a header", () -> row(key, value)));
          return true;
        });
  }

  private static Row row(byte[] key, byte[] value) {
    WireReader reader = new WireReader(value);
    return new Row(
        Hash.of(Arrays.copyOfRange(key, 1, key.length)),
        BlockHeader.read(reader),
        reader.int64(),
        reader.int32(),
        reader.uint8() == 1);
  }

  @Nullable Hash tip() {
    byte[] bytes = store.get(TIP);
    return bytes == null ? null : read("the tip", () -> Hash.of(bytes));
  }

  static void putTip(Batch batch, Hash hash) {
    batch.put(TIP, hash.toBytes());
  }

  // --- unspent outputs ---

  @Override
  public @Nullable UnspentOutput find(OutPoint outPoint) {
    byte[] bytes = store.get(key(outPoint));
    return bytes == null ? null : read("an unspent output", () -> Undo.read(new WireReader(bytes)));
  }

  /** Visits every unspent output by txid, as bytes of the wire, and index. */
  void eachUnspent(UnspentVisitor visitor) {
    store.each(
        UNSPENT,
        (key, value) ->
            visitor.visit(
                outPoint(key), read("an unspent output", () -> Undo.read(new WireReader(value)))));
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
    return read(
        "the place of a transaction", () -> new UtxoChain.Place(reader.hash(), reader.int32()));
  }

  // --- making everything again ---

  boolean isReindexing() {
    return store.get(REINDEXING) != null;
  }

  void beginReindexing() {
    store.write(Batch.durable().put(REINDEXING, new byte[0]));
  }

  static void endReindexing(Batch batch) {
    batch.remove(REINDEXING);
  }

  /** Visits the names of all stored blocks. */
  void eachBlock(Consumer<Hash> visitor) {
    store.each(
        BLOCKS,
        (key, _) -> {
          visitor.accept(Hash.of(Arrays.copyOfRange(key, 1, key.length)));
          return true;
        });
  }

  static void removeBlock(Batch batch, Hash hash) {
    batch.remove(key('b', hash));
  }

  static void removeEntry(Batch batch, Hash hash) {
    batch.remove(key('i', hash));
  }

  void removeUnreadableEntries() {
    List<byte[]> keys = new ArrayList<>();
    store.each(
        ENTRIES,
        (key, value) -> {
          if (value.length != ROW_BYTES || key.length != 1 + Hash.BYTES) {
            keys.add(key);
          }
          return true;
        });
    remove(keys);
  }

  /** Removes everything of a kind, a part at a time. */
  void removeAll(char kind) {
    List<byte[]> keys = new ArrayList<>();
    store.each(
        new byte[] {(byte) kind},
        (key, _) -> {
          keys.add(key);
          if (keys.size() == REMOVED_AT_ONCE) {
            remove(keys);
          }
          return true;
        });
    remove(keys);
  }

  private void remove(List<byte[]> keys) {
    Batch batch = Batch.buffered();
    keys.forEach(batch::remove);
    store.write(batch);
    keys.clear();
  }

  // --- errors ---

  /** What error messages call the database. */
  String description() {
    return store.description();
  }

  private StoreException damaged(String what, String why) {
    return new StoreException(
        description() + " is damaged: " + what + ": " + why + "; --reindex makes it again");
  }

  private <T> T read(String what, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (WireException | IllegalArgumentException e) {
      throw damaged(what, String.valueOf(e.getMessage()));
    }
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
