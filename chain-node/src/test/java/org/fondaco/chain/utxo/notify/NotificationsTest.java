package org.fondaco.chain.utxo.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.fondaco.chain.rpc.Outbox;
import org.fondaco.chain.store.MemoryStore;
import org.fondaco.chain.utxo.Blocks;
import org.fondaco.chain.utxo.block.Block;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.chain.UtxoChain;
import org.fondaco.chain.utxo.consensus.Consensus;
import org.fondaco.chain.utxo.consensus.Networks;
import org.fondaco.chain.utxo.mempool.Mempool;
import org.fondaco.chain.utxo.mempool.MempoolEntry;
import org.fondaco.chain.utxo.mempool.MempoolPolicy;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who follows the messages alone knows the chain and the pool. */
class NotificationsTest {
  private static final Consensus BITCOIN = Networks.bitcoinRegtest();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final MempoolPolicy LOOSE =
      new MempoolPolicy(
          MempoolPolicy.BITCOIN.minimumRate(),
          MempoolPolicy.BITCOIN.replacementRate(),
          MempoolPolicy.BITCOIN.dustRate(),
          25,
          101_000,
          300_000_000,
          83,
          MempoolPolicy.Replaced.ALL,
          false,
          MempoolPolicy.BITCOIN.forms(),
          MempoolPolicy.BITCOIN.expiry());

  private final InstantSource clock = () -> Instant.ofEpochSecond(1_900_000_000);
  private final UtxoChain chain = UtxoChain.open(new MemoryStore(), BITCOIN, clock);
  private final Blocks blocks = new Blocks(BITCOIN);
  private final Mempool pool = new Mempool(chain, LOOSE, clock);
  private final Notifications notifications = new Notifications(chain, pool);

  /** Knows nothing but what it is told, and the bytes of blocks that it asks for. */
  private final class Follower {
    private final List<String> line = new ArrayList<>();
    private final Set<String> waiting = new TreeSet<>();
    private final Map<String, Long> next = new HashMap<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private final List<String> tips = new ArrayList<>();
    private long poolSequence;

    void hear(byte[] message) {
      JsonNode notice = JSON.readTree(message);
      String topic = notice.path("topic").asString();
      if (topic.equals("subscribed")) {
        notice
            .path("next")
            .propertyStream()
            .forEach(each -> next.put(each.getKey(), each.getValue().asLong()));
        line.add(notice.path("hash").asString());
        return;
      }
      long number = notice.path("sequence").asLong();
      assertThat(number).as(topic).isEqualTo(next.put(topic, number + 1));
      heard.merge(topic, 1, Integer::sum);
      switch (topic) {
        case "sequence" -> sequence(notice);
        case "hashblock" -> tips.add(notice.path("hash").asString());
        case "rawblock" -> {
          Block block = Block.decode(bytes(notice), true);
          assertThat(Reversed.text(block.hash())).isEqualTo(tips.getLast());
        }
        case "rawtx" -> {
          Transaction transaction = Transaction.decode(bytes(notice), true);
          assertThat(Reversed.text(transaction.txid())).isEqualTo(notice.path("txid").asString());
        }
        default -> assertThat(topic).isEqualTo("hashtx");
      }
    }

    private static byte[] bytes(JsonNode notice) {
      return java.util.HexFormat.of().parseHex(notice.path("hex").asString());
    }

    private void sequence(JsonNode notice) {
      String label = notice.path("label").asString();
      switch (label) {
        case "C" -> {
          assertThat(notice.path("previousblockhash").asString()).isEqualTo(line.getLast());
          line.add(notice.path("hash").asString());
          Block block = Objects.requireNonNull(chain.block(hash(notice)));
          block.transactions().forEach(each -> waiting.remove(Reversed.text(each.txid())));
        }
        case "D" -> {
          assertThat(notice.path("hash").asString()).isEqualTo(line.getLast());
          line.removeLast();
          if (line.isEmpty()) {
            line.add(notice.path("previousblockhash").asString());
          }
          assertThat(line.getLast()).isEqualTo(notice.path("previousblockhash").asString());
        }
        case "A" -> {
          assertThat(waiting.add(notice.path("txid").asString())).isTrue();
          poolMoved(notice);
        }
        default -> {
          assertThat(label).isEqualTo("R");
          assertThat(waiting.remove(notice.path("txid").asString())).isTrue();
          poolMoved(notice);
        }
      }
    }

    private Hash hash(JsonNode notice) {
      return Reversed.parse(notice.path("hash").asString());
    }

    private void poolMoved(JsonNode notice) {
      long sequence = notice.path("mempool_sequence").asLong();
      assertThat(sequence).isGreaterThan(poolSequence);
      poolSequence = sequence;
    }
  }

  /** Blocks, payments that replace others, lines that overtake, blocks called wrong and right. */
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void whoFollowsKnowsChainAndPool(long seed) {
    Random random = new Random(seed);
    List<OutPoint> coins = new ArrayList<>();
    for (int i = 0; i < 140; i++) {
      Block block = blocks.next(chain.tip());
      chain.accept(block);
      if (i < 40) {
        coins.add(new OutPoint(block.transactions().getFirst().txid(), 0));
      }
    }
    Follower follower = new Follower();
    notifications.subscribe(EnumSet.allOf(Topic.class), follower::hear);
    List<BlockEntry> invalid = new ArrayList<>();
    for (int step = 0; step < 300; step++) {
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> pay(coins.get(random.nextInt(coins.size())), random);
        case 3 -> chain.accept(blocks.next(chain.tip()));
        case 4 -> mine();
        case 5 -> overtake(random);
        case 6 -> {
          BlockEntry wrong = chain.tip().ancestor(chain.tip().height() - random.nextInt(3));
          invalid.add(wrong);
          chain.invalidate(wrong);
        }
        default -> {
          if (!invalid.isEmpty()) {
            chain.reconsider(invalid.remove(random.nextInt(invalid.size())));
          }
        }
      }
      assertThat(follower.line.getLast())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(Reversed.text(chain.tip().hash()));
      assertThat(follower.waiting)
          .as("seed %d, step %d", seed, step)
          .isEqualTo(
              pool.all().stream()
                  .map(entry -> Reversed.text(entry.txid()))
                  .collect(Collectors.toCollection(TreeSet::new)));
    }
    assertThat(follower.heard.keySet())
        .containsExactlyInAnyOrder("hashblock", "rawblock", "hashtx", "rawtx", "sequence");
    assertThat(follower.heard.get("hashblock")).isEqualTo(follower.heard.get("rawblock"));
    assertThat(follower.heard.get("hashtx")).isEqualTo(follower.heard.get("rawtx"));
  }

  private void pay(OutPoint coin, Random random) {
    var _ = pool.accept(Blocks.spend(List.of(coin), 1_000_000L * (1 + random.nextInt(20))));
  }

  private void mine() {
    List<MempoolEntry> chosen = pool.select(1_000_000, 10_000);
    long fees = chosen.stream().mapToLong(MempoolEntry::fee).sum();
    chain.accept(
        blocks.next(chain.tip(), chosen.stream().map(MempoolEntry::transaction).toList(), fees));
  }

  /** A line beside the chain grows until it is the chain. */
  private void overtake(Random random) {
    int back = 1 + random.nextInt(3);
    BlockEntry at = chain.tip().ancestor(chain.tip().height() - back);
    for (int i = 0; i <= back; i++) {
      Block block = blocks.next(at);
      chain.accept(block);
      at = Objects.requireNonNull(chain.entry(block.hash()));
    }
    assertThat(chain.tip()).isSameAs(at);
  }

  /** Numbers count what happened, heard or not, so that a gap is seen. */
  @Test
  void numbersGoOnWhileNobodyListens() {
    List<JsonNode> messages = new ArrayList<>();
    java.util.function.Consumer<byte[]> sink = bytes -> messages.add(JSON.readTree(bytes));
    chain.accept(blocks.next(chain.tip()));
    notifications.subscribe(EnumSet.of(Topic.HASHBLOCK, Topic.SEQUENCE), sink);
    String genesis = Reversed.text(BITCOIN.genesis().hash());
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst().path("height").asInt()).isEqualTo(1);
    assertThat(messages.getFirst().path("previousblockhash").asString()).isEqualTo(genesis);
    assertThat(messages.getFirst().path("next")).hasToString("{\"hashblock\":1,\"sequence\":1}");
    notifications.unsubscribe(sink);
    chain.accept(blocks.next(chain.tip()));
    notifications.subscribe(EnumSet.of(Topic.HASHBLOCK), sink);
    chain.accept(blocks.next(chain.tip()));
    assertThat(messages).hasSize(3);
    assertThat(messages.get(1).path("next")).hasToString("{\"hashblock\":2}");
    assertThat(messages.get(2).path("sequence").asLong()).isEqualTo(2);
    assertThat(messages.get(2).path("height").asInt()).isEqualTo(3);
  }

  /** A subscriber that does not read is let go; neither the chain nor the others wait for it. */
  @Test
  void aSlowSubscriberIsDisconnected() {
    AtomicBoolean aborted = new AtomicBoolean();
    Outbox slow =
        new Outbox(
            new Outbox.Sink() {
              @Override
              public void write(byte[] message) {
                throw new IllegalStateException("nobody writes here");
              }

              @Override
              public void ping() {
                throw new IllegalStateException("nobody writes here");
              }

              @Override
              public void end() {
                throw new IllegalStateException("nobody ends here");
              }

              @Override
              public void abort() {
                aborted.set(true);
              }
            },
            2_000);
    List<byte[]> fast = new ArrayList<>();
    notifications.subscribe(EnumSet.of(Topic.RAWBLOCK), slow::notification);
    notifications.subscribe(EnumSet.of(Topic.RAWBLOCK), fast::add);
    Map<Boolean, Integer> seen = new HashMap<>();
    for (int i = 0; i < 10; i++) {
      chain.accept(blocks.next(chain.tip()));
      seen.merge(aborted.get(), 1, Integer::sum);
    }
    assertThat(seen).containsOnlyKeys(false, true);
    assertThat(fast).hasSize(11);
  }

  @Test
  void topicsAreThoseOfBitcoinCore() {
    assertThat(Topic.parse("hashblock,sequence"))
        .isEqualTo(Set.of(Topic.HASHBLOCK, Topic.SEQUENCE));
    Map<Topic, String> texts = new EnumMap<>(Topic.class);
    for (Topic topic : Topic.values()) {
      texts.put(topic, topic.text());
    }
    assertThat(new HashSet<>(texts.values()))
        .isEqualTo(Set.of("hashblock", "hashtx", "rawblock", "rawtx", "sequence"));
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Topic.parse("hashblocks"))
        .isInstanceOf(IllegalArgumentException.class);
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Topic.parse(""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
