package org.fondaco.chain.rpc.eth;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.eth.BlockViews.View;
import org.fondaco.chain.rpc.json.Quantity;
import org.fondaco.chain.rpc.json.ReceiptJson;
import org.fondaco.chain.rpc.json.TransactionJson;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Transactions, mined and waiting, and their receipts. */
final class TransactionMethods {
  private final Blockchain chain;
  private final BlockViews views;
  private final TransactionPool pool;

  TransactionMethods(Blockchain chain, BlockViews views, TransactionPool pool) {
    this.chain = chain;
    this.views = views;
    this.pool = pool;
  }

  /** A transaction in a block. */
  private record Mined(Block block, int index) {
    Transaction transaction() {
      return block.transactions().get(index);
    }

    JsonNode json() {
      return TransactionJson.mined(transaction(), block.header(), block.hash(), index);
    }
  }

  void register(Methods methods) {
    methods.add(
        "eth_getTransactionByHash",
        (parameters, caller) -> {
          parameters.atMost(1);
          Hash hash = parameters.hash(0);
          Mined mined = mined(hash);
          if (mined != null) {
            return mined.json();
          }
          Transaction waiting = pool.transaction(hash);
          return waiting == null ? null : TransactionJson.pending(waiting);
        });
    methods.add(
        "eth_getRawTransactionByHash",
        (parameters, caller) -> {
          parameters.atMost(1);
          Hash hash = parameters.hash(0);
          Mined mined = mined(hash);
          Transaction found = mined == null ? pool.transaction(hash) : mined.transaction();
          return found == null ? null : Quantity.of(found.encode());
        });
    methods.add(
        "eth_getTransactionByBlockNumberAndIndex",
        (parameters, caller) -> {
          Mined mined = at(numbered(parameters), parameters);
          return mined == null ? null : mined.json();
        });
    methods.add(
        "eth_getTransactionByBlockHashAndIndex",
        (parameters, caller) -> {
          Mined mined = at(chain.block(parameters.hash(0)), parameters);
          return mined == null ? null : mined.json();
        });
    methods.add(
        "eth_getRawTransactionByBlockNumberAndIndex",
        (parameters, caller) -> {
          Mined mined = at(numbered(parameters), parameters);
          return mined == null ? null : Quantity.of(mined.transaction().encode());
        });
    methods.add(
        "eth_getRawTransactionByBlockHashAndIndex",
        (parameters, caller) -> {
          Mined mined = at(chain.block(parameters.hash(0)), parameters);
          return mined == null ? null : Quantity.of(mined.transaction().encode());
        });
    methods.add("eth_getTransactionReceipt", (parameters, caller) -> receipt(parameters));
    methods.add("eth_getBlockReceipts", (parameters, caller) -> receipts(parameters));
  }

  private @Nullable Mined mined(Hash hash) {
    Blockchain.Location location = chain.locate(hash);
    Block block = location == null ? null : chain.block(location.blockHash());
    return location == null || block == null ? null : new Mined(block, location.index());
  }

  private @Nullable Block numbered(Parameters parameters) throws RpcException {
    View view = views.numbered(parameters, 0);
    return view == null ? null : views.block(view);
  }

  private static @Nullable Mined at(@Nullable Block block, Parameters parameters)
      throws RpcException {
    parameters.atMost(2);
    U256 index = parameters.quantity(1);
    if (block == null || index.compareTo(U256.of(block.transactions().size())) >= 0) {
      return null;
    }
    return new Mined(block, (int) index.longValue());
  }

  private @Nullable JsonNode receipt(Parameters parameters) throws RpcException {
    parameters.atMost(1);
    Mined mined = mined(parameters.hash(0));
    if (mined == null) {
      return null;
    }
    Hash blockHash = mined.block().hash();
    List<Receipt> receipts = chain.receipts(blockHash);
    return receipts == null
        ? null
        : ReceiptJson.of(mined.block(), blockHash, receipts, mined.index());
  }

  private @Nullable JsonNode receipts(Parameters parameters) throws RpcException {
    parameters.atMost(1);
    View view;
    try {
      view = views.view(parameters, 0);
    } catch (RpcException e) {
      if (e.code() == RpcException.SERVER) {
        return null; // an unknown block has no receipts: geth answers null here
      }
      throw e;
    }
    Block block = views.block(view);
    if (view.pending() != null) {
      return ReceiptJson.of(block, view.pending().receipts());
    }
    List<Receipt> receipts = chain.receipts(block.hash());
    return receipts == null ? null : ReceiptJson.of(block, receipts);
  }
}
