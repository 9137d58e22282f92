package org.fondaco.chain.rpc.eth;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.rpc.json.TransactionJson;
import org.fondaco.chain.transaction.Transaction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** {@code eth_newFilter} and what belongs to it: changes are kept until someone asks. */
final class Filters implements ChainEvents.Listener {
  /** Nobody has asked for so long: nobody will. */
  private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(5);

  private static final int FILTERS_MAX = 4_096;

  /** A filter with so many changes is not polled; it is given up. */
  private static final int CHANGES_MAX = 50_000;

  private final LogSearch search;
  private final ChainEvents events;
  private final LongSupplier nanos;
  private final Map<String, Filter> filters = new ConcurrentHashMap<>();

  Filters(LogSearch search, ChainEvents events, LongSupplier nanos) {
    this.search = search;
    this.events = events;
    this.nanos = nanos;
    events.listen(this);
  }

  /** What a filter is about. */
  private sealed interface Kind {
    record Blocks() implements Kind {}

    record Waiting(boolean full) implements Kind {}

    record Logs(LogQuery query, LogSearch.Range range) implements Kind {}
  }

  /** One filter. */
  private final class Filter {
    private final Kind kind;
    private final Queue<JsonNode> changes = new ArrayDeque<>();
    private long usedNanos = nanos.getAsLong();

    Filter(Kind kind) {
      this.kind = kind;
    }

    Kind kind() {
      return kind;
    }

    synchronized void add(JsonNode change) {
      changes.add(change);
    }

    synchronized boolean isUnused() {
      return nanos.getAsLong() - usedNanos > UNUSED_NANOS || changes.size() > CHANGES_MAX;
    }

    synchronized ArrayNode take() {
      usedNanos = nanos.getAsLong();
      ArrayNode taken = JsonNodeFactory.instance.arrayNode();
      taken.addAll(changes);
      changes.clear();
      return taken;
    }
  }

  void register(Methods methods) {
    methods.add(
        "eth_newBlockFilter",
        (parameters, caller) -> {
          parameters.atMost(0);
          return add(new Kind.Blocks());
        });
    methods.add(
        "eth_newPendingTransactionFilter",
        (parameters, caller) -> {
          parameters.atMost(1);
          return add(new Kind.Waiting(parameters.flag(0, false)));
        });
    methods.add(
        "eth_newFilter",
        (parameters, caller) -> {
          parameters.atMost(1);
          LogQuery query = LogQuery.read(parameters.optional(0), 0);
          LogSearch.Range range = search.range(query);
          if (range.from() != null && range.to() != null && range.from() > range.to()) {
            throw RpcException.invalidParams("invalid block range params");
          }
          return add(new Kind.Logs(query, range));
        });
    methods.add(
        "eth_uninstallFilter",
        (parameters, caller) -> {
          parameters.atMost(1);
          return BooleanNode.valueOf(filters.remove(parameters.text(0)) != null);
        });
    methods.add(
        "eth_getFilterChanges",
        (parameters, caller) -> {
          parameters.atMost(1);
          events.catchUp(); // what the caller has seen happen is in the answer
          return find(parameters).take();
        });
    methods.add(
        "eth_getFilterLogs",
        (parameters, caller) -> {
          parameters.atMost(1);
          Filter filter = find(parameters);
          if (!(filter.kind() instanceof Kind.Logs logs)) {
            throw notFound();
          }
          return search.search(logs.query(), caller);
        });
    methods.add(
        "eth_getLogs",
        (parameters, caller) -> {
          parameters.atMost(1);
          return search.search(LogQuery.read(parameters.optional(0), 0), caller);
        });
  }

  private JsonNode add(Kind kind) throws RpcException {
    expire();
    if (filters.size() >= FILTERS_MAX) {
      throw RpcException.server("too many filters: " + filters.size() + " are in use");
    }
    events.catchUp(); // what happened before is no change
    String id = Identifiers.next();
    filters.put(id, new Filter(kind));
    return StringNode.valueOf(id);
  }

  private Filter find(Parameters parameters) throws RpcException {
    expire();
    @Nullable Filter filter = filters.get(parameters.text(0));
    if (filter == null) {
      throw notFound();
    }
    return filter;
  }

  private static RpcException notFound() {
    return RpcException.server("filter not found");
  }

  private void expire() {
    filters.values().removeIf(Filter::isUnused);
  }

  @Override
  public void headChanged(List<Block> removed, List<Block> added) {
    expire();
    for (Filter filter : filters.values()) {
      switch (filter.kind()) {
        case Kind.Blocks() -> added.forEach(block -> filter.add(Quantity.of(block.hash())));
        case Kind.Logs(LogQuery query, LogSearch.Range range) -> {
          removed.forEach(block -> add(filter, query, range, block, true));
          added.forEach(block -> add(filter, query, range, block, false));
        }
        case Kind.Waiting waiting -> {} // mined or not, it has waited
      }
    }
  }

  private void add(
      Filter filter, LogQuery query, LogSearch.Range range, Block block, boolean removed) {
    if (range.contains(block.number())) {
      search.matching(query, block.header(), removed).forEach(filter::add);
    }
  }

  @Override
  public boolean wantsTransactions() {
    return filters.values().stream().anyMatch(each -> each.kind() instanceof Kind.Waiting);
  }

  @Override
  public void waiting(Transaction transaction) {
    for (Filter filter : filters.values()) {
      if (filter.kind() instanceof Kind.Waiting(boolean full)) {
        filter.add(full ? TransactionJson.pending(transaction) : Quantity.of(transaction.hash()));
      }
    }
  }
}
