package org.fondaco.chain.rpc.json;

import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A transaction as {@code eth_getTransactionByHash} shows it, with geth's additions. */
public final class TransactionJson {
  /** v of a legacy signature, EIP-155: 27, or 35 + 2 * chain id, plus the parity. */
  private static final U256 V = U256.of(27);

  private static final U256 V_CHAIN = U256.of(35);

  private TransactionJson() {}

  /** One that waits in the pool. */
  public static ObjectNode pending(Transaction transaction) {
    ObjectNode json = Quantity.object();
    json.putNull("blockHash").putNull("blockNumber");
    fields(json, transaction, null);
    json.putNull("transactionIndex");
    return json;
  }

  /** One in a block. */
  public static ObjectNode mined(
      Transaction transaction, BlockHeader header, Hash blockHash, int index) {
    ObjectNode json = Quantity.object();
    json.set("blockHash", Quantity.of(blockHash));
    json.set("blockNumber", Quantity.of(header.number()));
    json.set("blockTimestamp", Quantity.of(header.timestamp()));
    fields(json, transaction, header.baseFee());
    json.set("transactionIndex", Quantity.of(index));
    return json;
  }

  /** What a unit of gas costs in a block, in wei: EIP-1559. */
  public static U256 effectiveGasPrice(Transaction transaction, @Nullable U256 baseFee) {
    if (baseFee == null || transaction.maxFee().compareTo(baseFee) < 0) {
      return transaction.maxFee();
    }
    U256 room = transaction.maxFee().subtract(baseFee);
    U256 tip = transaction.maxPriorityFee();
    return baseFee.add(room.compareTo(tip) < 0 ? room : tip);
  }

  private static void fields(ObjectNode json, Transaction transaction, @Nullable U256 baseFee) {
    int type = transaction.type();
    json.set("from", Quantity.of(transaction.sender()));
    json.set("gas", Quantity.of(transaction.gasLimit()));
    json.set("gasPrice", Quantity.of(effectiveGasPrice(transaction, baseFee)));
    if (type >= Transaction.DYNAMIC_FEE) {
      json.set("maxFeePerGas", Quantity.of(transaction.maxFee()));
      json.set("maxPriorityFeePerGas", Quantity.of(transaction.maxPriorityFee()));
    }
    if (type == Transaction.BLOB) {
      json.set("maxFeePerBlobGas", Quantity.of(transaction.maxBlobFee()));
    }
    json.set("hash", Quantity.of(transaction.hash()));
    json.set("input", Quantity.of(transaction.data()));
    json.set("nonce", Quantity.of(transaction.nonce()));
    json.set("to", Quantity.of(transaction.to()));
    json.set("value", Quantity.of(transaction.value()));
    json.set("type", Quantity.of(type));
    if (type != Transaction.LEGACY) {
      json.set("accessList", accessList(transaction));
    }
    U256 chainId = transaction.chainId();
    if (chainId != null) {
      json.set("chainId", Quantity.of(chainId));
    }
    if (type == Transaction.BLOB) {
      ArrayNode hashes = json.putArray("blobVersionedHashes");
      transaction.blobHashes().forEach(hash -> hashes.add(Quantity.of(hash)));
    }
    signature(json, transaction);
  }

  private static ArrayNode accessList(Transaction transaction) {
    ArrayNode list = Quantity.object().arrayNode();
    for (Transaction.Access access : transaction.accessList()) {
      ObjectNode entry = list.addObject();
      entry.set("address", Quantity.of(access.address()));
      ArrayNode keys = entry.putArray("storageKeys");
      access.keys().forEach(key -> keys.add(Quantity.of(key)));
    }
    return list;
  }

  private static void signature(ObjectNode json, Transaction transaction) {
    Transaction.Signature signature = transaction.signature();
    U256 parity = U256.of(signature.parity());
    U256 chainId = transaction.chainId();
    U256 v = parity;
    if (transaction.type() == Transaction.LEGACY) {
      v = chainId == null ? parity.add(V) : parity.add(V_CHAIN).add(chainId).add(chainId);
    }
    json.set("v", Quantity.of(v));
    json.set("r", Quantity.of(signature.r()));
    json.set("s", Quantity.of(signature.s()));
    if (transaction.type() != Transaction.LEGACY) {
      json.set("yParity", Quantity.of(parity));
    }
  }
}
