package org.fondaco.chain.rpc.eth;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.rpc.json.BlockJson;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.rpc.json.TransactionJson;
import org.fondaco.chain.transaction.Transaction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** {@code eth_subscribe}: what happens is told to whoever asked, as long as they listen. */
final class Subscriptions implements ChainEvents.Listener {
  private static final int SUBSCRIPTIONS_MAX = 10_000;

  private final LogSearch search;
  private final ChainEvents events;
  private final Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();

  Subscriptions(LogSearch search, ChainEvents events) {
    this.search = search;
    this.events = events;
    events.listen(this);
  }

  /** What a subscription is about. */
  private sealed interface Kind {
    record NewHeads() implements Kind {}

    record Logs(LogQuery query) implements Kind {}

    record Waiting(boolean full) implements Kind {}

    /** Never told anything: a node without peers has nothing to catch up with. */
    record Syncing() implements Kind {}
  }

  private record Subscription(String id, Kind kind, RpcMethod.Caller caller) {}

  void register(Methods methods) {
    methods.add("eth_subscribe", this::subscribe);
    methods.add(
        "eth_unsubscribe",
        (parameters, caller) -> {
          parameters.atMost(1);
          if (subscriptions.remove(parameters.text(0)) == null) {
            throw RpcException.server("subscription not found");
          }
          return BooleanNode.TRUE;
        });
  }

  private JsonNode subscribe(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    if (!caller.canNotify()) {
      throw new RpcException(RpcException.METHOD_NOT_FOUND, "notifications not supported");
    }
    JsonNode name = parameters.optional(0);
    if (name == null || !name.isString()) {
      throw RpcException.invalidParams("expected subscription name as first argument");
    }
    Kind kind = kind(name.stringValue(), parameters);
    if (subscriptions.size() >= SUBSCRIPTIONS_MAX) {
      throw RpcException.server("too many subscriptions: " + subscriptions.size());
    }
    events.catchUp(); // what happened before is not told
    Subscription subscription = new Subscription(Identifiers.next(), kind, caller);
    subscriptions.put(subscription.id(), subscription);
    caller.onClose(() -> subscriptions.remove(subscription.id()));
    return StringNode.valueOf(subscription.id());
  }

  private static Kind kind(String name, Parameters parameters) throws RpcException {
    return switch (name) {
      case "newHeads" -> {
        parameters.atMost(1);
        yield new Kind.NewHeads();
      }
      case "logs" -> {
        parameters.atMost(2);
        JsonNode query = parameters.optional(1);
        yield new Kind.Logs(
            LogQuery.read(query == null ? JsonNodeFactory.instance.objectNode() : query, 1));
      }
      case "newPendingTransactions" -> {
        parameters.atMost(2);
        yield new Kind.Waiting(parameters.flag(1, false));
      }
      case "syncing" -> {
        parameters.atMost(1);
        yield new Kind.Syncing();
      }
      default ->
          throw new RpcException(
              RpcException.METHOD_NOT_FOUND, "no \"" + name + "\" subscription in eth namespace");
    };
  }

  @Override
  public void headChanged(List<Block> removed, List<Block> added) {
    if (subscriptions.isEmpty()) {
      return;
    }
    List<ObjectNode> heads =
        added.stream().map(block -> BlockJson.header(block.header(), block.hash())).toList();
    for (Subscription subscription : subscriptions.values()) {
      switch (subscription.kind()) {
        case Kind.NewHeads() -> heads.forEach(head -> tell(subscription, head));
        case Kind.Logs(LogQuery query) -> {
          removed.forEach(block ->
              search.matching(query, block.header(), true).forEach(log -> tell(subscription, log)));
          added.forEach(block ->
              search
                  .matching(query, block.header(), false)
                  .forEach(log -> tell(subscription, log)));
        }
        case Kind.Waiting waiting -> {} // mined or not, it has waited
        case Kind.Syncing syncing -> {}
      }
    }
  }

  @Override
  public boolean wantsTransactions() {
    return subscriptions.values().stream().anyMatch(each -> each.kind() instanceof Kind.Waiting);
  }

  @Override
  public void waiting(Transaction transaction) {
    for (Subscription subscription : subscriptions.values()) {
      if (subscription.kind() instanceof Kind.Waiting(boolean full)) {
        tell(
            subscription,
            full ? TransactionJson.pending(transaction) : Quantity.of(transaction.hash()));
      }
    }
  }

  private void tell(Subscription subscription, JsonNode result) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("jsonrpc", "2.0").put("method", "eth_subscription");
    message.putObject("params").put("subscription", subscription.id()).set("result", result);
    try {
      subscription.caller().notify(message);
    } catch (RpcException e) {
      subscriptions.remove(subscription.id());
    }
  }
}
