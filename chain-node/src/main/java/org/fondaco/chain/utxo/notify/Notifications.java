package org.fondaco.chain.utxo.notify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Numbers what happens to chain and pool, a count for every topic, and hands it to who subscribed.
 * Everything is told in the order in which it happened: a block's events come under the chain's
 * write lock, those of the pool under its own and the chain's read lock. What a message says is in
 * docs/node.md. Safe for any thread; the locks of chain and pool are taken before the one here.
 */
public final class Notifications {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final HexFormat HEX = HexFormat.of();

  private final UtxoChain chain;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Topic, Long> next = new EnumMap<>(Topic.class);
  private final Map<Consumer<byte[]>, Set<Topic>> subscribers = new LinkedHashMap<>();

  /** What is told from now on. */
  public Notifications(UtxoChain chain, Mempool pool) {
    this.chain = chain;
    Arrays.stream(Topic.values()).forEach(topic -> next.put(topic, 0L));
    chain.listen(
        new UtxoChain.Listener() {
          @Override
          public void connected(BlockEntry entry, Block block) {
            blockConnected(entry, block);
          }

          @Override
          public void disconnected(BlockEntry entry, Block block) {
            block.transactions().forEach(Notifications.this::tell);
            tell(Topic.SEQUENCE, notice -> describe(notice.put("label", "D"), entry));
          }
        });
    pool.listen(
        new Mempool.Listener() {
          @Override
          public void added(MempoolEntry entry, long sequence) {
            tell(entry.transaction());
            tell(Topic.SEQUENCE, notice -> describe(notice.put("label", "A"), entry, sequence));
          }

          @Override
          public void removed(MempoolEntry entry, long sequence) {
            tell(Topic.SEQUENCE, notice -> describe(notice.put("label", "R"), entry, sequence));
          }
        });
  }

  private void blockConnected(BlockEntry entry, Block block) {
    block.transactions().forEach(this::tell);
    tell(Topic.SEQUENCE, notice -> describe(notice.put("label", "C"), entry));
    tell(Topic.HASHBLOCK, notice -> describe(notice, entry));
    tell(
        Topic.RAWBLOCK,
        notice -> describe(notice, entry).put("hex", HEX.formatHex(block.encode())));
  }

  private void tell(Transaction transaction) {
    String txid = Reversed.text(transaction.txid());
    tell(Topic.HASHTX, notice -> notice.put("txid", txid));
    tell(
        Topic.RAWTX,
        notice -> notice.put("txid", txid).put("hex", HEX.formatHex(transaction.encode())));
  }

  private static ObjectNode describe(ObjectNode notice, BlockEntry entry) {
    return notice
        .put("hash", Reversed.text(entry.hash()))
        .put("height", entry.height())
        .put("previousblockhash", Reversed.text(entry.header().previous()));
  }

  private static ObjectNode describe(ObjectNode notice, MempoolEntry entry, long sequence) {
    return notice.put("txid", Reversed.text(entry.txid())).put("mempool_sequence", sequence);
  }

  /** Numbers an event, and renders it if anybody listens. */
  private void tell(Topic topic, Consumer<ObjectNode> description) {
    lock.lock();
    try {
      long number = next.merge(topic, 1L, Long::sum) - 1;
      byte[] message = null;
      for (Map.Entry<Consumer<byte[]>, Set<Topic>> each : subscribers.entrySet()) {
        if (each.getValue().contains(topic)) {
          if (message == null) {
            ObjectNode notice = JsonNodeFactory.instance.objectNode();
            notice.put("topic", topic.text()).put("sequence", number);
            description.accept(notice);
            message = bytes(notice);
          }
          each.getKey().accept(message);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private static byte[] bytes(ObjectNode notice) {
    return MAPPER.writeValueAsString(notice).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Tells a subscriber where the chain is and which number every topic's next message has, then
   * every message, without a gap between.
   *
   * @param sink given UTF-8 under locks: must be quick, and must not change it
   */
  void subscribe(Set<Topic> topics, Consumer<byte[]> sink) {
    boolean unused =
        chain.still(() -> {
          lock.lock();
          try {
            ObjectNode first = JsonNodeFactory.instance.objectNode();
            first.put("topic", "subscribed");
            describe(first, chain.tip());
            ObjectNode numbers = first.putObject("next");
            topics.forEach(topic -> numbers.put(topic.text(), next.get(topic)));
            sink.accept(bytes(first));
            return subscribers.put(sink, Set.copyOf(topics)) == null;
          } finally {
            lock.unlock();
          }
        });
  }

  /** Tells a subscriber nothing more. */
  void unsubscribe(Consumer<byte[]> sink) {
    lock.lock();
    try {
      subscribers.remove(sink);
    } finally {
      lock.unlock();
    }
  }
}
