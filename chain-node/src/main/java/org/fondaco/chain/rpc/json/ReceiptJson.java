package org.fondaco.chain.rpc.json;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Log;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Receipts and logs, which say where they are. */
public final class ReceiptJson {
  private ReceiptJson() {}

  /** Where a log is; indexes count within the block. */
  public record LogPlace(
      BlockHeader header, Hash blockHash, Hash transaction, int transactionIndex, int logIndex) {}

  /**
   * The receipt of a block's transaction.
   *
   * @param receipts of the whole block: gas and log indexes are counted from them
   */
  public static ObjectNode of(Block block, Hash blockHash, List<Receipt> receipts, int index) {
    Transaction transaction = block.transactions().get(index);
    Receipt receipt = receipts.get(index);
    long before = index == 0 ? 0 : receipts.get(index - 1).cumulativeGasUsed();
    Hash hash = transaction.hash();
    Address from = transaction.sender();
    Address to = transaction.to();
    ObjectNode json = Quantity.object();
    json.set("blockHash", Quantity.of(blockHash));
    json.set("blockNumber", Quantity.of(block.number()));
    json.set(
        "contractAddress",
        Quantity.of(
            to == null && from != null ? Evm.contractAddress(from, transaction.nonce()) : null));
    json.set("cumulativeGasUsed", Quantity.of(receipt.cumulativeGasUsed()));
    json.set(
        "effectiveGasPrice",
        Quantity.of(TransactionJson.effectiveGasPrice(transaction, block.header().baseFee())));
    json.set("from", Quantity.of(from));
    json.set("gasUsed", Quantity.of(receipt.cumulativeGasUsed() - before));
    blobs(json, transaction, block.header());
    int logIndex = 0;
    for (Receipt earlier : receipts.subList(0, index)) {
      logIndex += earlier.logs().size();
    }
    ArrayNode logs = json.putArray("logs");
    for (Log log : receipt.logs()) {
      logs.add(log(log, new LogPlace(block.header(), blockHash, hash, index, logIndex++), false));
    }
    json.set("logsBloom", Quantity.of(receipt.bloom()));
    if (receipt.stateRoot() != null) {
      json.set("root", Quantity.of(receipt.stateRoot()));
    } else {
      json.set("status", Quantity.of(receipt.success() ? 1 : 0));
    }
    json.set("to", Quantity.of(to));
    json.set("transactionHash", Quantity.of(hash));
    json.set("transactionIndex", Quantity.of(index));
    json.set("type", Quantity.of(transaction.type()));
    return json;
  }

  /** Every receipt of a block. */
  public static ArrayNode of(Block block, List<Receipt> receipts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    Hash hash = block.hash();
    for (int i = 0; i < receipts.size(); i++) {
      array.add(of(block, hash, receipts, i));
    }
    return array;
  }

  /**
   * A log.
   *
   * @param removed whether its block has left the chain
   */
  public static ObjectNode log(Log log, LogPlace place, boolean removed) {
    ObjectNode json = Quantity.object();
    json.set("address", Quantity.of(log.address()));
    ArrayNode topics = json.putArray("topics");
    log.topics().forEach(topic -> topics.add(Quantity.of(topic.toHash())));
    json.set("data", Quantity.of(log.data()));
    json.set("blockNumber", Quantity.of(place.header().number()));
    json.set("transactionHash", Quantity.of(place.transaction()));
    json.set("transactionIndex", Quantity.of(place.transactionIndex()));
    json.set("blockHash", Quantity.of(place.blockHash()));
    json.set("blockTimestamp", Quantity.of(place.header().timestamp()));
    json.set("logIndex", Quantity.of(place.logIndex()));
    json.put("removed", removed);
    return json;
  }

  private static void blobs(ObjectNode json, Transaction transaction, BlockHeader header) {
    if (transaction.type() == Transaction.BLOB) {
      Long excess = header.excessBlobGas();
      json.set("blobGasUsed", Quantity.of(Rules.BLOB * transaction.blobHashes().size()));
      json.set("blobGasPrice", Quantity.of(BlobGas.baseFee(excess == null ? 0 : excess)));
    }
  }
}
