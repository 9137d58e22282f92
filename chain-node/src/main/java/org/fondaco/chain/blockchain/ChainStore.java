package org.fondaco.chain.blockchain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Bloom;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain.Location;
import org.fondaco.chain.rlp.Rlp;
import org.fondaco.chain.rlp.RlpItem;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.state.StateDatabase;
import org.fondaco.chain.store.Batch;
import org.fondaco.chain.store.KeyValueStore;
import org.fondaco.chain.trie.MissingNodeException;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/**
 * How blocks lie in the store. A key is a letter for its kind and what it is about; the state's
 * {@code n} and {@code k} lie beside these.
 *
 * <pre>
 * h hash    total difficulty and header        c number  hash of the chain's block at a height
 * b hash    transactions, uncles, withdrawals  t hash    block, height and index of a transaction
 * r hash    receipts                           m name    format, genesis, config, head
 * </pre>
 */
final class ChainStore {
  /** Of everything in the store; raised with any change that older programs cannot read. */
  static final String FORMAT = "fondaco-chain-1";

  static final String META_FORMAT = "format";
  static final String META_GENESIS = "genesis";
  static final String META_CONFIG = "config";
  static final String META_HEAD = "head";

  private static final byte HEADER = 'h';
  private static final byte BODY = 'b';
  private static final byte RECEIPTS = 'r';
  private static final byte CANONICAL = 'c';
  private static final byte TRANSACTION = 't';

  private final KeyValueStore store;

  ChainStore(KeyValueStore store) {
    this.store = store;
  }

  /** A header and the sum of difficulties up to it. */
  record Entry(BlockHeader header, U256 totalDifficulty) {}

  @Nullable Entry entry(Hash hash) {
    byte[] value = store.get(key(HEADER, hash));
    if (value == null) {
      return null;
    }
    RlpItem.Items list = Rlp.decode(value).asList();
    return new Entry(BlockHeader.decode(list.at(1).asList()), list.at(0).asWord());
  }

  /** Shows every header, on the chain and beside it, in no order. */
  void eachHeader(Consumer<BlockHeader> consumer) {
    store.each(
        new byte[] {HEADER},
        (_, value) -> {
          consumer.accept(BlockHeader.decode(Rlp.decode(value).asList().at(1).asList()));
          return true;
        });
  }

  /** Whether the state of a root was not pruned. */
  boolean hasState(Hash root) {
    try {
      new StateDatabase(store).open(root);
      return true;
    } catch (MissingNodeException e) {
      return false;
    }
  }

  @Nullable Block block(Hash hash) {
    Entry entry = entry(hash);
    byte[] body = entry == null ? null : store.get(key(BODY, hash));
    return entry == null || body == null ? null : Block.decode(entry.header, body);
  }

  @Nullable List<Receipt> receipts(Hash hash) {
    byte[] value = store.get(key(RECEIPTS, hash));
    return value == null
        ? null
        : Rlp.decode(value).asList().items().stream().map(item -> receipt(item.asList())).toList();
  }

  /** Without the bloom, which is most of it and follows from the logs. */
  private static void write(RlpWriter writer, Receipt receipt) {
    int start = writer.beginList();
    writer.number(receipt.type());
    if (receipt.stateRoot() != null) {
      writer.hash(receipt.stateRoot());
    } else {
      writer.bytes(new byte[0]);
    }
    writer.number(receipt.success() ? 1 : 0).number(receipt.cumulativeGasUsed());
    int logs = writer.beginList();
    receipt.logs().forEach(log -> log.encode(writer));
    writer.endList(logs).endList(start);
  }

  private static Receipt receipt(RlpItem.Items list) {
    List<Log> logs =
        list.at(4).asList().items().stream().map(log -> Log.decode(log.asList())).toList();
    byte[] stateRoot = list.at(1).asBytes();
    return new Receipt(
        Math.toIntExact(list.at(0).asLong()),
        stateRoot.length == 0 ? null : Hash.of(stateRoot),
        list.at(2).asLong() == 1,
        list.at(3).asLong(),
        Bloom.of(logs),
        logs);
  }

  @Nullable Hash canonical(long number) {
    byte[] value = store.get(numberKey(number));
    return value == null ? null : Hash.of(value);
  }

  @Nullable Location location(Hash transaction) {
    byte[] value = store.get(key(TRANSACTION, transaction));
    if (value == null) {
      return null;
    }
    RlpItem.Items list = Rlp.decode(value).asList();
    return new Location(
        Hash.of(list.at(0).asBytes(Hash.BYTES)),
        list.at(1).asLong(),
        Math.toIntExact(list.at(2).asLong()));
  }

  byte @Nullable [] meta(String name) {
    return store.get(metaKey(name));
  }

  /** A block with its receipts, on the chain or beside it. */
  static void put(Batch batch, Block block, U256 totalDifficulty, List<Receipt> receipts) {
    Hash hash = block.hash();
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer.word(totalDifficulty).encoded(block.header().encode()).endList(start);
    batch.put(key(HEADER, hash), writer.toBytes());
    batch.put(key(BODY, hash), block.encodeBody());
    RlpWriter list = new RlpWriter();
    start = list.beginList();
    receipts.forEach(receipt -> write(list, receipt));
    batch.put(key(RECEIPTS, hash), list.endList(start).toBytes());
  }

  /** Makes a block the chain's at its height. */
  static void link(Batch batch, Block block) {
    Hash hash = block.hash();
    batch.put(numberKey(block.number()), hash.toBytes());
    for (int i = 0; i < block.transactions().size(); i++) {
      RlpWriter writer = new RlpWriter();
      int start = writer.beginList();
      writer.hash(hash).number(block.number()).number(i).endList(start);
      batch.put(key(TRANSACTION, block.transactions().get(i).hash()), writer.toBytes());
    }
  }

  /** Takes a block from the chain; comes before the links of those that replace it. */
  static void unlink(Batch batch, Block block) {
    batch.remove(numberKey(block.number()));
    block.transactions().forEach(transaction -> batch.remove(key(TRANSACTION, transaction.hash())));
  }

  static void putMeta(Batch batch, String name, byte[] value) {
    batch.put(metaKey(name), value);
  }

  private static byte[] metaKey(String name) {
    return ("m" + name).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] numberKey(long number) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(CANONICAL).putLong(number).array();
  }

  private static byte[] key(byte kind, Hash hash) {
    byte[] key = new byte[1 + Hash.BYTES];
    key[0] = kind;
    hash.copyTo(key, 1);
    return key;
  }
}
