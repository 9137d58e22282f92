package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.json.ReceiptJson;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds logs: the blooms of headers first, receipts where they may match. */
final class LogSearch {
  /** EIP-1474: limit exceeded. */
  private static final int LIMIT_EXCEEDED = -32005;

  private final Blockchain chain;
  private final BlockViews views;
  private final EthSettings settings;

  LogSearch(Blockchain chain, BlockViews views, EthSettings settings) {
    this.chain = chain;
    this.views = views;
    this.settings = settings;
  }

  /** Blocks by number, both ends included; null is an end that is open. */
  record Range(@Nullable Long from, @Nullable Long to) {
    boolean contains(long number) {
      return (from == null || from <= number) && (to == null || number <= to);
    }
  }

  /**
   * Everything on the chain that matches.
   *
   * @throws RpcException if the range is malformed, or it is or finds too much
   */
  ArrayNode search(LogQuery query, RpcMethod.Caller caller) throws RpcException {
    ArrayNode found = JsonNodeFactory.instance.arrayNode();
    if (query.blockHash() != null) {
      BlockHeader header = chain.header(query.blockHash());
      if (header == null) {
        throw RpcException.server("unknown block");
      }
      add(found, query, header);
      return found;
    }
    long head = chain.head().number();
    Range range = range(query);
    long from = range.from() == null ? head : range.from();
    long to = range.to() == null ? head : range.to();
    if (from > to) {
      throw RpcException.invalidParams("invalid block range params");
    }
    if (to > head) {
      throw RpcException.invalidParams("block range extends beyond current head block");
    }
    if (to - from >= settings.logBlocksMax()) {
      throw RpcException.invalidParams("exceed maximum block range: " + settings.logBlocksMax());
    }
    long own = System.nanoTime() + settings.callTime().toNanos();
    for (long number = from; number <= to; number++) {
      long now = System.nanoTime();
      if (now - own > 0 || now - caller.deadlineNanos() > 0) {
        throw new RpcException(
            LIMIT_EXCEEDED, "query took too long: reached block " + number + ", narrow the range");
      }
      BlockHeader header = chain.header(number);
      if (header != null) {
        add(found, query, header);
      }
    }
    return found;
  }

  private void add(ArrayNode found, LogQuery query, BlockHeader header) throws RpcException {
    found.addAll(matching(query, header, false));
    if (found.size() > settings.logsMax()) {
      throw new RpcException(
          LIMIT_EXCEEDED, "query returned more than " + settings.logsMax() + " results");
    }
  }

  /** The matching logs of a block. */
  List<JsonNode> matching(LogQuery query, BlockHeader header, boolean removed) {
    if (!query.mayMatch(header.bloom())) {
      return List.of();
    }
    Hash hash = header.hash();
    Block block = chain.block(hash);
    List<Receipt> receipts = chain.receipts(hash);
    if (block == null || receipts == null) {
      return List.of();
    }
    List<JsonNode> found = new ArrayList<>();
    int logIndex = 0;
    for (int i = 0; i < receipts.size(); i++) {
      Hash transaction = null;
      for (Log log : receipts.get(i).logs()) {
        if (query.matches(log)) {
          if (transaction == null) {
            transaction = block.transactions().get(i).hash();
          }
          found.add(
              ReceiptJson.log(
                  log, new ReceiptJson.LogPlace(header, hash, transaction, i, logIndex), removed));
        }
        logIndex++;
      }
    }
    return found;
  }

  /** The numbers of a query's range; latest is an open end. */
  Range range(LogQuery query) throws RpcException {
    return new Range(number(query.from()), number(query.to()));
  }

  private @Nullable Long number(@Nullable JsonNode node) throws RpcException {
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      throw RpcException.invalidParams("invalid argument 0: a block is a number or a tag");
    }
    return switch (node.stringValue()) {
      case "latest" -> null;
      case "earliest" -> 0L;
      case "pending" -> throw RpcException.invalidParams("pending logs are not supported");
      case "safe", "finalized" -> views.irreversible(node.stringValue()).number();
      default -> BlockViews.number(node, 0);
    };
  }
}
