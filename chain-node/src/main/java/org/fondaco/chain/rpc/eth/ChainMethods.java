package org.fondaco.chain.rpc.eth;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.eth.BlockViews.View;
import org.fondaco.chain.rpc.json.BlockJson;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks, headers and uncles. */
final class ChainMethods {
  private final Blockchain chain;
  private final BlockViews views;

  ChainMethods(Blockchain chain, BlockViews views) {
    this.chain = chain;
    this.views = views;
  }

  void register(Methods methods) {
    methods.add(
        "eth_chainId",
        (parameters, caller) -> {
          parameters.atMost(0);
          return Quantity.of(chain.config().chainId());
        });
    methods.add(
        "eth_blockNumber",
        (parameters, caller) -> {
          parameters.atMost(0);
          return Quantity.of(chain.head().number());
        });
    // Without peers there is nothing to catch up with.
    methods.add(
        "eth_syncing",
        (parameters, caller) -> {
          parameters.atMost(0);
          return BooleanNode.FALSE;
        });
    methods.add("eth_getBlockByNumber", (parameters, caller) -> byNumber(parameters));
    methods.add("eth_getBlockByHash", (parameters, caller) -> byHash(parameters));
    methods.add("eth_getHeaderByNumber", (parameters, caller) -> headerByNumber(parameters));
    methods.add("eth_getHeaderByHash", (parameters, caller) -> headerByHash(parameters));
    methods.add(
        "eth_getBlockTransactionCountByNumber",
        (parameters, caller) -> {
          Block block = numbered(parameters, 1);
          return block == null ? null : Quantity.of(block.transactions().size());
        });
    methods.add(
        "eth_getBlockTransactionCountByHash",
        (parameters, caller) -> {
          Block block = hashed(parameters, 1);
          return block == null ? null : Quantity.of(block.transactions().size());
        });
    methods.add(
        "eth_getUncleCountByBlockNumber",
        (parameters, caller) -> {
          Block block = numbered(parameters, 1);
          return block == null ? null : Quantity.of(block.uncles().size());
        });
    methods.add(
        "eth_getUncleCountByBlockHash",
        (parameters, caller) -> {
          Block block = hashed(parameters, 1);
          return block == null ? null : Quantity.of(block.uncles().size());
        });
    methods.add(
        "eth_getUncleByBlockNumberAndIndex",
        (parameters, caller) -> uncle(numbered(parameters, 2), parameters));
    methods.add(
        "eth_getUncleByBlockHashAndIndex",
        (parameters, caller) -> uncle(hashed(parameters, 2), parameters));
  }

  private @Nullable Block numbered(Parameters parameters, int most) throws RpcException {
    parameters.atMost(most);
    View view = views.numbered(parameters, 0);
    return view == null ? null : views.block(view);
  }

  private @Nullable Block hashed(Parameters parameters, int most) throws RpcException {
    parameters.atMost(most);
    return chain.block(parameters.hash(0));
  }

  private @Nullable JsonNode byNumber(Parameters parameters) throws RpcException {
    var _ = parameters.required(0);
    boolean full = parameters.flag(1);
    View view = views.numbered(parameters, 0);
    parameters.atMost(2);
    if (view == null) {
      return null;
    }
    return view.pending() != null
        ? BlockJson.pending(views.block(view), full)
        : block(views.block(view), full);
  }

  private @Nullable JsonNode byHash(Parameters parameters) throws RpcException {
    var _ = parameters.required(0);
    boolean full = parameters.flag(1);
    Block block = hashed(parameters, 2);
    return block == null ? null : block(block, full);
  }

  private JsonNode block(Block block, boolean full) {
    return BlockJson.of(block, full, chain.totalDifficulty(block.hash()));
  }

  private @Nullable JsonNode headerByNumber(Parameters parameters) throws RpcException {
    parameters.atMost(1);
    View view = views.numbered(parameters, 0);
    if (view == null) {
      return null;
    }
    ObjectNode json = BlockJson.header(view.header(), view.header().hash());
    if (view.pending() != null) {
      json.putNull("hash").putNull("nonce").putNull("miner");
    }
    return json;
  }

  private @Nullable JsonNode headerByHash(Parameters parameters) throws RpcException {
    parameters.atMost(1);
    Hash hash = parameters.hash(0);
    BlockHeader header = chain.header(hash);
    return header == null ? null : BlockJson.header(header, hash);
  }

  private static @Nullable JsonNode uncle(@Nullable Block block, Parameters parameters)
      throws RpcException {
    U256 index = parameters.quantity(1);
    List<BlockHeader> uncles = block == null ? List.of() : block.uncles();
    return index.compareTo(U256.of(uncles.size())) < 0
        ? BlockJson.uncle(uncles.get((int) index.longValue()))
        : null;
  }
}
