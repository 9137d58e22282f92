package org.fondaco.chain.node;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.fondaco.chain.crypto.Checksum;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code txpool_*}: who waits in the pool. Accounts are written with their checksum, as geth does.
 */
final class PoolMethods {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TransactionPool pool;
  private final Function<Transaction, ? extends JsonNode> shape;

  private PoolMethods(TransactionPool pool, Function<Transaction, ? extends JsonNode> shape) {
    this.pool = pool;
    this.shape = shape;
  }

  /** Adds the methods; {@code shape} is that of a transaction in no block. */
  static void register(
      Methods methods, TransactionPool pool, Function<Transaction, ? extends JsonNode> shape) {
    PoolMethods txpool = new PoolMethods(pool, shape);
    methods.add(
        "txpool_status",
        (parameters, caller) -> {
          parameters.atMost(0);
          TransactionPool.Status status = pool.status();
          return JSON.createObjectNode()
              .put("pending", "0x" + Integer.toHexString(status.pending()))
              .put("queued", "0x" + Integer.toHexString(status.queued()));
        });
    methods.add(
        "txpool_content",
        (parameters, caller) -> {
          parameters.atMost(0);
          return txpool.both(txpool.shape);
        });
    methods.add(
        "txpool_inspect",
        (parameters, caller) -> {
          parameters.atMost(0);
          return txpool.both(PoolMethods::summary);
        });
    methods.add(
        "txpool_contentFrom",
        (parameters, caller) -> {
          parameters.atMost(1);
          Address address = parameters.address(0);
          ObjectNode answer = JSON.createObjectNode();
          answer.set("pending", txpool.byNonce(pool.pending().get(address), txpool.shape));
          answer.set("queued", txpool.byNonce(pool.queued().get(address), txpool.shape));
          return answer;
        });
  }

  private ObjectNode both(Function<Transaction, ? extends JsonNode> write) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("pending", byAccount(pool.pending(), write));
    answer.set("queued", byAccount(pool.queued(), write));
    return answer;
  }

  private ObjectNode byAccount(
      Map<Address, SortedMap<Long, Transaction>> waiting,
      Function<Transaction, ? extends JsonNode> write) {
    ObjectNode accounts = JSON.createObjectNode();
    new TreeMap<>(waiting)
        .forEach((address, transactions) ->
            accounts.set(Checksum.of(address), byNonce(transactions, write)));
    return accounts;
  }

  private ObjectNode byNonce(
      @org.jspecify.annotations.Nullable SortedMap<Long, Transaction> transactions,
      Function<Transaction, ? extends JsonNode> write) {
    ObjectNode nonces = JSON.createObjectNode();
    if (transactions != null) {
      transactions.forEach((nonce, transaction) ->
          nonces.set(Long.toUnsignedString(nonce), write.apply(transaction)));
    }
    return nonces;
  }

  private static JsonNode summary(Transaction transaction) {
    Address to = transaction.to();
    return JSON.getNodeFactory()
        .stringNode(
            "%s: %s wei + %s gas × %s wei"
                .formatted(
                    to == null ? "contract creation" : Checksum.of(to),
                    transaction.value().toBigInteger(),
                    Long.toUnsignedString(transaction.gasLimit()),
                    transaction.maxFee().toBigInteger()));
  }
}
