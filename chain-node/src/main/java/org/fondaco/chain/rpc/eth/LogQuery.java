package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fondaco.chain.block.Bloom;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Which logs are wanted.
 *
 * @param blockHash of the one block to look at; null for a range
 * @param from a number or tag as it was given; null for none
 * @param to the same
 * @param addresses any of these; empty for all
 * @param topics at each position any of these; empty for all
 */
record LogQuery(
    @Nullable Hash blockHash,
    @Nullable JsonNode from,
    @Nullable JsonNode to,
    Set<Address> addresses,
    List<Set<U256>> topics) {
  private static final int ADDRESSES_MAX = 1_000;
  private static final int TOPICS_MAX = 4;

  static LogQuery read(@Nullable JsonNode json, int index) throws RpcException {
    if (json == null || !json.isObject()) {
      throw RpcException.invalidParams("invalid argument " + index + ": not an object");
    }
    JsonNode from = given(json, "fromBlock");
    JsonNode to = given(json, "toBlock");
    JsonNode hash = given(json, "blockHash");
    if (hash != null && (from != null || to != null)) {
      throw RpcException.invalidParams("can't specify fromBlock/toBlock with blockHash");
    }
    return new LogQuery(
        hash == null ? null : BlockViews.hash(hash, index),
        from,
        to,
        addresses(given(json, "address"), index),
        topics(given(json, "topics"), index));
  }

  private static @Nullable JsonNode given(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.path(name) : null;
  }

  private static Set<Address> addresses(@Nullable JsonNode node, int index) throws RpcException {
    Set<Address> addresses = new HashSet<>();
    if (node == null) {
      return addresses;
    }
    if (!node.isArray()) {
      addresses.add(Parameters.address(node, index));
      return addresses;
    }
    checkCount(node);
    for (JsonNode each : node) {
      addresses.add(Parameters.address(each, index));
    }
    return addresses;
  }

  private static List<Set<U256>> topics(@Nullable JsonNode node, int index) throws RpcException {
    List<Set<U256>> topics = new ArrayList<>();
    if (node == null) {
      return topics;
    }
    if (!node.isArray()) {
      throw RpcException.invalidParams("invalid argument " + index + ": topics are an array");
    }
    if (node.size() > TOPICS_MAX) {
      throw RpcException.invalidParams("exceed max topics");
    }
    for (JsonNode position : node) {
      topics.add(anyOf(position, index));
    }
    return topics;
  }

  /** A null among several is a wildcard, as it is alone. */
  private static Set<U256> anyOf(JsonNode position, int index) throws RpcException {
    Set<U256> any = new HashSet<>();
    if (position.isNull()) {
      return any;
    }
    if (!position.isArray()) {
      any.add(BlockViews.hash(position, index).toWord());
      return any;
    }
    checkCount(position);
    for (JsonNode each : position) {
      if (each.isNull()) {
        return Set.of();
      }
      any.add(BlockViews.hash(each, index).toWord());
    }
    return any;
  }

  private static void checkCount(JsonNode list) throws RpcException {
    if (list.size() > ADDRESSES_MAX) {
      throw RpcException.invalidParams("exceed max addresses or topics per search position");
    }
  }

  /** Whether a block or receipt with this bloom may have such a log. */
  boolean mayMatch(byte[] bloom) {
    if (!addresses.isEmpty()
        && addresses.stream().noneMatch(each -> Bloom.mayContain(bloom, each.toBytes()))) {
      return false;
    }
    for (Set<U256> any : topics) {
      if (!any.isEmpty()
          && any.stream().noneMatch(each -> Bloom.mayContain(bloom, each.toBytes32()))) {
        return false;
      }
    }
    return true;
  }

  boolean matches(Log log) {
    if (!addresses.isEmpty() && !addresses.contains(log.address())
        || topics.size() > log.topics().size()) {
      return false;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (!topics.get(i).isEmpty() && !topics.get(i).contains(log.topics().get(i))) {
        return false;
      }
    }
    return true;
  }
}
