package org.fondaco.chain.rpc.eth;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Logs: searched, filtered and told as they come, and taken back when the chain is another. */
class LogsTest {
  private Rig rig;
  private long nonce;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig(new EthSettings(50_000_000, Duration.ofSeconds(5), U256.ZERO, false, 50, 40));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private Transaction send(Transaction transaction) throws RpcException {
    rig.ask("eth_sendRawTransaction", "\"" + Hex.encode(transaction.encode()) + "\"");
    return transaction;
  }

  private Transaction log(int first, int second) throws RpcException {
    return send(Rig.logging(nonce++, first, second));
  }

  private static String topic(int number) {
    return "\"" + U256.of(number).toHash() + "\"";
  }

  @Test
  void aSearchFindsWhatAPlainLoopFinds() throws RpcException {
    long seed = 11;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int block = 0; block < 12; block++) {
      for (int i = random.nextInt(3); i > 0; i--) {
        log(random.nextInt(1, 4), random.nextInt(1, 4));
      }
      rig.seal();
    }
    for (int i = 0; i < 60; i++) {
      int from = random.nextInt(13);
      int to = random.nextInt(from, 13);
      int first = random.nextInt(5);
      int second = random.nextInt(5);
      String query =
          "{\"fromBlock\": \"0x"
              + Integer.toHexString(from)
              + "\", \"toBlock\": \"0x"
              + Integer.toHexString(to)
              + "\", \"address\": \""
              + Rig.LOGGER
              + "\", \"topics\": ["
              + (first == 0 ? "null" : topic(first))
              + ", "
              + (second == 0 ? "[]" : "[" + topic(second) + ", " + topic(4) + "]")
              + "]}";
      List<String> found = new ArrayList<>();
      rig.get("eth_getLogs", query)
          .forEach(log ->
              found.add(
                  log.path("blockNumber").asString() + " " + log.path("logIndex").asString()));
      assertThat(found).as(query).isEqualTo(plainly(from, to, first, second));
    }
  }

  private List<String> plainly(int from, int to, int first, int second) {
    List<String> found = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      int index = 0;
      BlockHeader header = requireNonNull(rig.chain.header(number));
      for (Receipt receipt : requireNonNull(rig.chain.receipts(header.hash()))) {
        for (Log log : receipt.logs()) {
          if ((first == 0 || log.topics().get(0).equals(U256.of(first)))
              && (second == 0
                  || log.topics().get(1).equals(U256.of(second))
                  || log.topics().get(1).equals(U256.of(4)))) {
            found.add("0x" + Long.toHexString(number) + " 0x" + Integer.toHexString(index));
          }
          index++;
        }
      }
    }
    return found;
  }

  @Test
  void searchesAreBoundedAndMalformedOnesAreRefused() throws RpcException {
    Block block = rig.seal();
    assertThat(rig.get("eth_getLogs", "{\"blockHash\": \"" + block.hash() + "\"}")).isEmpty();
    assertThat(rig.get("eth_getLogs", "{}")).isEmpty();
    assertRefused(
        "{\"blockHash\": \"" + block.hash() + "\", \"fromBlock\": \"0x0\"}",
        -32602,
        "can't specify fromBlock/toBlock with blockHash");
    assertRefused(
        "{\"fromBlock\": \"0x1\", \"toBlock\": \"0x0\"}", -32602, "invalid block range params");
    assertRefused(
        "{\"fromBlock\": \"0x0\", \"toBlock\": \"0x9\"}",
        -32602,
        "block range extends beyond current head block");
    assertRefused("{\"blockHash\": \"0x" + "1".repeat(64) + "\"}", -32000, "unknown block");
    assertRefused("{\"topics\": [null, null, null, null, null]}", -32602, "exceed max topics");
    assertRefused("{\"fromBlock\": \"pending\"}", -32602, "pending logs are not supported");
    assertRefused("{\"topics\": [\"0x12\"]}", -32602, "want 64");
    assertRefused("{\"address\": [\"0x12\"]}", -32602, "want 40");
    assertRefused("[]", -32602, "not an object");
    String many = ("\"" + Rig.LOGGER + "\",").repeat(1_000) + "\"" + Rig.LOGGER + "\"";
    assertRefused("{\"address\": [" + many + "]}", -32602, "exceed max addresses");
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 15; j++) {
        log(1, 2);
      }
      rig.seal();
    }
    assertRefused("{\"fromBlock\": \"0x0\"}", -32005, "query returned more than 40 results");
    for (int i = 0; i < 50; i++) {
      rig.seal();
    }
    assertRefused(
        "{\"fromBlock\": \"0x0\", \"address\": \"" + Rig.STORE + "\"}",
        -32602,
        "exceed maximum block range: 50");
  }

  private void assertRefused(String query, int code, String message) {
    assertThatThrownBy(() -> rig.ask("eth_getLogs", query))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void filtersKeepWhatChanged() throws RpcException {
    log(9, 9);
    rig.seal();
    String blocks = rig.text("eth_newBlockFilter", "");
    String waiting = rig.text("eth_newPendingTransactionFilter", "");
    String full = rig.text("eth_newPendingTransactionFilter", "true");
    String logs = rig.text("eth_newFilter", "{\"topics\": [" + topic(1) + "]}");
    Transaction transaction = log(1, 2);
    log(3, 2);
    Block block = rig.seal();

    assertThat(changes(blocks)).hasSize(1);
    assertThat(changes(blocks)).isEmpty();
    assertThat(changes(waiting).path(0).asString()).isEqualTo(transaction.hash().toString());
    assertThat(changes(full).path(0).path("hash").asString())
        .isEqualTo(transaction.hash().toString());
    JsonNode changed = changes(logs);
    assertThat(changed).hasSize(1);
    assertThat(changed.path(0).path("blockHash").asString()).isEqualTo(block.hash().toString());
    assertThat(rig.get("eth_getFilterLogs", "\"" + logs + "\"")).hasSize(1);

    assertThatThrownBy(() -> rig.ask("eth_getFilterLogs", "\"" + blocks + "\""))
        .hasMessage("filter not found");
    assertThat(rig.get("eth_uninstallFilter", "\"" + logs + "\"").booleanValue()).isTrue();
    assertThat(rig.get("eth_uninstallFilter", "\"" + logs + "\"").booleanValue()).isFalse();
    assertThatThrownBy(() -> changes(logs)).hasMessage("filter not found");
  }

  private JsonNode changes(String filter) throws RpcException {
    return rig.get("eth_getFilterChanges", "\"" + filter + "\"");
  }

  @Test
  void filtersThatNobodyAsksEnd() throws RpcException {
    String asked = rig.text("eth_newBlockFilter", "");
    String left = rig.text("eth_newBlockFilter", "");
    rig.nanos.addAndGet(TimeUnit.MINUTES.toNanos(4));
    assertThat(changes(asked)).isEmpty();
    rig.nanos.addAndGet(TimeUnit.MINUTES.toNanos(4));
    assertThat(changes(asked)).isEmpty();
    assertThatThrownBy(() -> changes(left)).hasMessage("filter not found");
  }

  @Test
  void aReorganisationTakesLogsBack() throws Exception {
    String filter = rig.text("eth_newFilter", "{\"address\": \"" + Rig.LOGGER + "\"}");
    String logs = rig.text("eth_subscribe", "\"logs\", {\"address\": \"" + Rig.LOGGER + "\"}");
    String heads = rig.text("eth_subscribe", "\"newHeads\"");
    BlockHeader genesis = rig.chain.genesis();
    Transaction transaction = Rig.logging(0, 1, 2);
    Block old = rig.insert(rig.build(genesis, List.of(transaction), "old").block());
    JsonNode head = rig.events.next();
    JsonNode log = rig.events.next();
    if (log.path("subscription").asString().equals(heads)) {
      JsonNode swapped = head;
      head = log;
      log = swapped;
    }
    assertThat(head.path("subscription").asString()).isEqualTo(heads);
    assertThat(head.path("result").path("hash").asString()).isEqualTo(old.hash().toString());
    assertThat(log.path("subscription").asString()).isEqualTo(logs);
    assertThat(log.path("result").path("removed").booleanValue()).isFalse();
    assertThat(rig.get("eth_unsubscribe", "\"" + heads + "\"").booleanValue()).isTrue();

    Block first = rig.insert(rig.build(genesis, List.of(), "new").block());
    Block second = rig.insert(rig.build(first.header(), List.of(transaction), "").block());
    JsonNode removed = rig.events.next().path("result");
    assertThat(removed.path("removed").booleanValue()).isTrue();
    assertThat(removed.path("blockHash").asString()).isEqualTo(old.hash().toString());
    JsonNode added = rig.events.next().path("result");
    assertThat(added.path("removed").booleanValue()).isFalse();
    assertThat(added.path("blockHash").asString()).isEqualTo(second.hash().toString());

    JsonNode changes = changes(filter);
    assertThat(changes).hasSize(3);
    assertThat(changes.path(1).path("removed").booleanValue()).isTrue();
    assertThat(rig.events.messages).isEmpty();
  }

  @Test
  void subscribersHearOfWaitingTransactions() throws Exception {
    String hashes = rig.text("eth_subscribe", "\"newPendingTransactions\"");
    Transaction transaction = send(Rig.transfer(0));
    JsonNode message = rig.events.next();
    assertThat(message.path("subscription").asString()).isEqualTo(hashes);
    assertThat(message.path("result").asString()).isEqualTo(transaction.hash().toString());
    rig.ask("eth_unsubscribe", "\"" + hashes + "\"");
    assertThat(rig.text("eth_subscribe", "\"newPendingTransactions\", true")).startsWith("0x");
    send(Rig.transfer(1));
    assertThat(rig.events.next().path("result").path("nonce").asString()).isEqualTo("0x1");
    rig.events.closing.forEach(Runnable::run);
    send(Rig.transfer(2));
    assertThatThrownBy(() -> rig.ask("eth_unsubscribe", "\"" + hashes + "\""))
        .hasMessage("subscription not found");
    assertThat(rig.events.messages).isEmpty();
  }

  @Test
  void subscriptionsNeedAConnectionAndAName() throws RpcException {
    assertThat(rig.text("eth_subscribe", "\"syncing\"")).startsWith("0x");
    assertThatThrownBy(() -> rig.ask("eth_subscribe", "\"moon\""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.code()).isEqualTo(-32601))
        .hasMessage("no \"moon\" subscription in eth namespace");
    assertThatThrownBy(() -> rig.ask("eth_subscribe", ""))
        .hasMessage("expected subscription name as first argument");
    RpcMethod subscribe = requireNonNull(rig.methods.find("eth_subscribe"));
    Parameters parameters = new Parameters(JsonMapper.shared().readTree("[\"newHeads\"]"));
    assertThatThrownBy(() -> subscribe.call(parameters, new Deaf()))
        .hasMessage("notifications not supported");
  }

  /** A caller that can hear nothing. */
  private static final class Deaf implements RpcMethod.Caller {
    @Override
    public boolean canNotify() {
      return false;
    }

    @Override
    public void notify(JsonNode message) {
      throw new IllegalStateException("was told");
    }

    @Override
    public void onClose(Runnable action) {
      action.run();
    }

    @Override
    public long deadlineNanos() {
      return Long.MAX_VALUE;
    }
  }
}
