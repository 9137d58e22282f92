package org.fondaco.custody.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.fondaco.custody.chain.Asset;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.LyingNode;
import org.fondaco.custody.chain.NodeUnderTest;
import org.fondaco.custody.leader.CrashingTransactions;
import org.fondaco.custody.leader.TestDatabase;
import org.fondaco.db.Database;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real nodes whose answers somebody changes on the way: whatever it is, custody moves nothing, says
 * why, and goes on when the truth is told again.
 */
class LyingNodeTest {
  private static final int BLOCKS = 6;
  private static final int MUTATIONS = 300;

  @TempDir Path folder;

  private final Database database = TestDatabase.empty();
  private final CrashingTransactions transactions =
      new CrashingTransactions(database, new Random(1));

  private static final class Nothing implements Findings {
    @Override
    public void received(DSLContext t, Received received) {
      throw new AssertionError("nothing is watched");
    }

    @Override
    public void connected(DSLContext t, ChainName chain, BlockReference block) {}

    @Override
    public void disconnected(DSLContext t, ChainName chain, BlockReference block) {}
  }

  /** A tale that changes one method's result, of which it may be that nothing is left. */
  private interface Change {
    Object of(Object result);
  }

  private static LyingNode.Tale changing(String method, Change change) {
    return (asked, answer) -> {
      if (asked.equals(method) && answer.containsKey("result")) {
        answer.put("result", change.of(answer.get("result")));
      }
      return LyingNode.text(answer);
    };
  }

  private static LyingNode.Tale field(String method, String field, Change change) {
    return changing(
        method,
        result -> {
          if (result instanceof Map<?, ?> object && object.containsKey(field)) {
            Map<String, Object> copy = copy(object);
            copy.put(field, change.of(Objects.requireNonNull(copy.get(field))));
            return copy;
          }
          return result;
        });
  }

  private static Map<String, Object> copy(Map<?, ?> object) {
    Map<String, Object> copy = new TreeMap<>();
    object.forEach((name, value) -> copy.put(String.valueOf(name), value));
    return copy;
  }

  /** In each element of a list. */
  private static Change each(String field, Change change) {
    return list ->
        ((List<?>) list)
            .stream()
                .map(element -> {
                  Map<String, Object> copy = copy((Map<?, ?>) element);
                  copy.put(field, change.of(Objects.requireNonNull(copy.get(field))));
                  return copy;
                })
                .toList();
  }

  private static Change twice() {
    return list -> List.of(((List<?>) list).getFirst(), ((List<?>) list).getFirst());
  }

  private static Change plus(long more) {
    return number ->
        number instanceof Number whole
            ? whole.longValue() + more
            : "0x" + Long.toHexString(Long.decode(String.valueOf(number)) + more);
  }

  private Scanner scanner(ChainSettings settings, LyingNode node) {
    ScanParties parties = new ScanParties((t, c, txid, spends) -> false, new Nothing(), List.of());
    return settings.chain().hasOutputs()
        ? new Scanner(settings, node.core(), parties, transactions, InstantSource.system())
        : new Scanner(settings, node.evm(), parties, transactions, InstantSource.system());
  }

  private static ChainSettings settings(ChainName chain) {
    int decimals = chain.hasOutputs() ? 8 : 18;
    return new ChainSettings(
        chain,
        0,
        BLOCKS,
        List.of(
            new AssetSettings(
                new Asset(1 + chain.ordinal(), chain.name(), chain, null, decimals, 8),
                BigInteger.ZERO,
                List.of(new AssetSettings.Tier(0, 1)),
                BigInteger.ZERO,
                1)));
  }

  private static void follow(Scanner scanner) {
    while (scanner.step()) {
      continue;
    }
  }

  private static void mineEther(NodeUnderTest node, int blocks) {
    String developer = node.call("eth_accounts").get(0).stringValue();
    for (int i = 0; i < blocks; i++) {
      for (int k = 0; k < 2; k++) {
        node.call(
            "eth_sendTransaction",
            Map.of("from", developer, "to", "0x" + "77".repeat(20), "value", "0x1"));
      }
      node.call("evm_mine");
    }
  }

  private static void mineCoins(NodeUnderTest node, int blocks) {
    node.call("generatetoaddress", blocks, node.text("getnewaddress"));
  }

  private void requireWaits(
      Scanner scanner, LyingNode node, LyingNode.Tale lie, String explanation) {
    long cursor = scanner.status().cursor();
    node.tells(lie);
    for (int i = 0; i < 3; i++) {
      scanner.step();
    }
    assertThat(scanner.status().state()).as(explanation).isEqualTo(ScanStatus.State.WAITING);
    assertThat(scanner.status().explanation()).contains(explanation);
    assertThat(scanner.status().cursor()).as(explanation).isEqualTo(cursor);
    node.isHonest();
    scanner.step();
    assertThat(scanner.status().state()).as(explanation).isEqualTo(ScanStatus.State.FOLLOWING);
  }

  private static final String OTHER_HASH = "0x" + "ef".repeat(32);

  @Test
  void liesOfAnAccountChainAreSeenAndExplained() throws Exception {
    NodeUnderTest real = NodeUnderTest.ours();
    try (LyingNode node = new LyingNode(real)) {
      mineEther(real, BLOCKS);
      Scanner scanner = scanner(settings(ChainName.ETH), node);
      follow(scanner);
      assertThat(scanner.status().cursor()).isEqualTo(BLOCKS);
      String block = "eth_getBlockByHash";
      String receipts = "eth_getBlockReceipts";
      Map<String, LyingNode.Tale> lies = new TreeMap<>();
      lies.put("and says", field(block, "number", plus(1)));
      lies.put("has the parent efef", field(block, "parentHash", any -> OTHER_HASH));
      lies.put("asked for block", field(block, "hash", any -> OTHER_HASH));
      lies.put("2 transactions and 0 receipts", changing(receipts, all -> List.of()));
      lies.put("2 transactions and 4 receipts", changing(receipts, all -> four(all)));
      lies.put("is of block efef", changing(receipts, each("blockHash", any -> OTHER_HASH)));
      lies.put("is of efef", changing(receipts, each("transactionHash", any -> OTHER_HASH)));
      lies.put("receipt 0 of block", changing(receipts, all -> ((List<?>) all).reversed()));
      lies.put("receipt 1 of block", field(block, "transactions", twice()));
      lies.put("has no effectiveGasPrice", changing(receipts, all -> without(all)));
      lies.put("has no block", changing("eth_blockNumber", plus(3)));
      lies.put("has no 0x", field(block, "hash", any -> "nonsense"));
      lies.put("beyond 63 bits", field(block, "number", any -> OTHER_HASH));
      lies.put("HTTP 200 without JSON", (method, answer) -> "<html>Bad gateway</html>");
      lies.put("HTTP 200 without a result", (method, answer) -> "{}");
      lies.forEach((explanation, lie) -> {
        mineEther(real, 1);
        requireStopped(scanner, node, lie, explanation);
      });
      requireWaits(scanner, node, changing("eth_blockNumber", plus(-1)), "the node is behind");
      requireWaits(
          scanner,
          node,
          field("eth_getBlockByNumber", "hash", any -> OTHER_HASH),
          "of its other branch is missing");
    }
  }

  private static List<?> four(Object receipts) {
    List<?> two = (List<?>) receipts;
    return List.of(two.get(0), two.get(1), two.get(0), two.get(1));
  }

  private static Object without(Object receipts) {
    return ((List<?>) receipts)
        .stream()
            .map(receipt -> {
              Map<String, Object> copy = copy((Map<?, ?>) receipt);
              copy.remove("effectiveGasPrice");
              return copy;
            })
            .toList();
  }

  /** There is a new block, and it is not taken before the truth is told. */
  private void requireStopped(
      Scanner scanner, LyingNode node, LyingNode.Tale lie, String explanation) {
    long cursor = scanner.status().cursor();
    node.tells(lie);
    for (int i = 0; i < 3; i++) {
      scanner.step();
    }
    boolean ahead = explanation.equals("has no block");
    assertThat(scanner.status().state()).as(explanation).isEqualTo(ScanStatus.State.WAITING);
    assertThat(scanner.status().explanation()).contains(explanation);
    assertThat(scanner.status().cursor()).as(explanation).isEqualTo(ahead ? cursor + 1 : cursor);
    node.isHonest();
    follow(scanner);
    assertThat(scanner.status().state()).as(explanation).isEqualTo(ScanStatus.State.FOLLOWING);
    assertThat(scanner.status().cursor()).as(explanation).isEqualTo(cursor + 1);
  }

  @Test
  void liesOfAChainOfOutputsAreSeenAndExplained() throws Exception {
    NodeUnderTest real = NodeUnderTest.ours(ChainName.BTC, folder);
    try (LyingNode node = new LyingNode(real)) {
      mineCoins(real, BLOCKS);
      Scanner scanner = scanner(settings(ChainName.BTC), node);
      follow(scanner);
      assertThat(scanner.status().cursor()).isEqualTo(BLOCKS);
      String other = OTHER_HASH.substring(2);
      Map<String, LyingNode.Tale> lies = new TreeMap<>();
      lies.put("and says", field("getblock", "height", plus(1)));
      lies.put("has the parent efef", field("getblock", "previousblockhash", any -> other));
      lies.put("asked for block", field("getblock", "hash", any -> other));
      lies.put("twice", field("getblock", "tx", twice()));
      lies.put("has no block", changing("getblockcount", plus(3)));
      lies.put("no hash where one belongs", field("getblock", "tx", each("txid", any -> "zz")));
      lies.put("has no tx", changing("getblock", any -> Map.of("hash", other)));
      lies.put("no whole number", field("getblock", "height", any -> "seven"));
      lies.put("HTTP 200 without JSON", (method, answer) -> "Work queue depth exceeded");
      lies.forEach((explanation, lie) -> {
        mineCoins(real, 1);
        requireStopped(scanner, node, lie, explanation);
      });
      requireWaits(scanner, node, changing("getblockcount", plus(-1)), "the node is behind");
      requireWaits(
          scanner, node, changing("getblockhash", any -> other), "of its other branch is missing");
    }
  }

  @Test
  void anotherChainAtTheSameAddressIsRefused() throws Exception {
    NodeUnderTest real = NodeUnderTest.ours();
    try (LyingNode node = new LyingNode(real)) {
      mineEther(real, BLOCKS);
      Scanner scanner = scanner(settings(ChainName.ETH), node);
      follow(scanner);
      node.tells((method, answer) -> {
        throw new LyingNode.Away();
      });
      assertThat(scanner.step()).isFalse();
      assertThat(scanner.status().explanation()).contains("the node does not answer");
      node.tells(changing("eth_chainId", any -> "0x1"));
      assertThat(scanner.step()).isFalse();
      assertThat(scanner.status().explanation())
          .contains("it serves another chain: chain id 1, genesis");
      node.isHonest();
      mineEther(real, 1);
      follow(scanner);
      assertThat(scanner.status().state()).isEqualTo(ScanStatus.State.FOLLOWING);
      assertThat(scanner.status().cursor()).isEqualTo(BLOCKS + 1);
    }
  }

  @Test
  void noAnswerHoweverMalformedStopsTheThreadOrMovesTheCursorOffTheChain() throws Exception {
    long seed = Long.getLong("fondaco.seed", 20_261_128);
    Random random = new Random(seed);
    NodeUnderTest ether = NodeUnderTest.ours();
    NodeUnderTest coins = NodeUnderTest.ours(ChainName.BTC, folder);
    try (LyingNode evm = new LyingNode(ether);
        LyingNode core = new LyingNode(coins)) {
      mineEther(ether, 1);
      mineCoins(coins, 1);
      Scanner accounts = scanner(settings(ChainName.ETH), evm);
      Scanner outputs = scanner(settings(ChainName.BTC), core);
      follow(accounts);
      follow(outputs);
      for (int i = 0; i < MUTATIONS; i++) {
        String what = "seed " + seed + ", mutation " + i;
        evm.tells((method, answer) -> LyingNode.text(sometimesGarbled(random, answer)));
        core.tells((method, answer) -> LyingNode.text(sometimesGarbled(random, answer)));
        if (i % 10 == 0) {
          mineEther(ether, 1);
          mineCoins(coins, 1);
        }
        accounts.step();
        outputs.step();
        assertThat(accounts.status().state()).as(what).isNotEqualTo(ScanStatus.State.HALTED);
        assertThat(outputs.status().state()).as(what).isNotEqualTo(ScanStatus.State.HALTED);
      }
      evm.isHonest();
      core.isHonest();
      follow(accounts);
      follow(outputs);
      assertThat(accounts.status().explanation()).as("seed %d", seed).isEmpty();
      assertThat(outputs.status().explanation()).as("seed %d", seed).isEmpty();
      assertThat(accounts.status().cursor()).isEqualTo(accounts.status().tip());
      assertThat(outputs.status().cursor()).isEqualTo(outputs.status().tip());
    }
  }

  /** Mostly the truth, so that a scanner gets as far as the later answers of a step. */
  private static Map<String, Object> sometimesGarbled(Random random, Map<String, Object> answer) {
    return random.nextInt(4) > 0 ? answer : new Garbling(random).garbled(answer);
  }
}
