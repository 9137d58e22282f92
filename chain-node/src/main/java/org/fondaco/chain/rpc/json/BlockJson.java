package org.fondaco.chain.rpc.json;

import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.block.Withdrawal;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks and headers as {@code eth_getBlockByHash} and {@code newHeads} show them. */
public final class BlockJson {
  private static final int NONCE_DIGITS = 16;

  private BlockJson() {}

  /**
   * A block.
   *
   * @param full whether transactions are objects instead of hashes
   * @param totalDifficulty up to and with it; null where it is not known, as of a pending block
   */
  public static ObjectNode of(Block block, boolean full, @Nullable U256 totalDifficulty) {
    Hash hash = block.hash();
    ObjectNode json = header(block.header(), hash);
    json.set("size", Quantity.of(block.encode().length));
    if (totalDifficulty != null) {
      json.set("totalDifficulty", Quantity.of(totalDifficulty));
    }
    ArrayNode transactions = json.putArray("transactions");
    for (int i = 0; i < block.transactions().size(); i++) {
      var transaction = block.transactions().get(i);
      transactions.add(
          full
              ? TransactionJson.mined(transaction, block.header(), hash, i)
              : Quantity.of(transaction.hash()));
    }
    ArrayNode uncles = json.putArray("uncles");
    block.uncles().forEach(uncle -> uncles.add(Quantity.of(uncle.hash())));
    List<Withdrawal> withdrawals = block.withdrawals();
    if (withdrawals != null) {
      ArrayNode list = json.putArray("withdrawals");
      withdrawals.forEach(withdrawal -> list.add(withdrawal(withdrawal)));
    }
    return json;
  }

  /** The block that would be mined now: it has no hash, nonce and miner yet. */
  public static ObjectNode pending(Block block, boolean full) {
    ObjectNode json = of(block, full, null);
    json.putNull("hash").putNull("nonce").putNull("miner");
    json.path("transactions")
        .forEach(transaction -> {
          if (transaction instanceof ObjectNode object) {
            object.putNull("blockHash");
          }
        });
    return json;
  }

  /** An uncle: a block of which only the header is known. */
  public static ObjectNode uncle(BlockHeader header) {
    ObjectNode json = header(header, header.hash());
    Block block = new Block(header, List.of(), List.of(), null);
    json.set("size", Quantity.of(block.encode().length));
    json.putArray("uncles");
    return json;
  }

  /** A header. */
  public static ObjectNode header(BlockHeader header, Hash hash) {
    ObjectNode json = Quantity.object();
    json.set("number", Quantity.of(header.number()));
    json.set("hash", Quantity.of(hash));
    json.set("parentHash", Quantity.of(header.parentHash()));
    json.put("nonce", "0x" + fixed(header.nonce()));
    json.set("mixHash", Quantity.of(header.mixHash()));
    json.set("sha3Uncles", Quantity.of(header.unclesHash()));
    json.set("logsBloom", Quantity.of(header.bloom()));
    json.set("stateRoot", Quantity.of(header.stateRoot()));
    json.set("miner", Quantity.of(header.coinbase()));
    json.set("difficulty", Quantity.of(header.difficulty()));
    json.set("extraData", Quantity.of(header.extraData()));
    json.set("gasLimit", Quantity.of(header.gasLimit()));
    json.set("gasUsed", Quantity.of(header.gasUsed()));
    json.set("timestamp", Quantity.of(header.timestamp()));
    json.set("transactionsRoot", Quantity.of(header.transactionsRoot()));
    json.set("receiptsRoot", Quantity.of(header.receiptsRoot()));
    if (header.baseFee() != null) {
      json.set("baseFeePerGas", Quantity.of(header.baseFee()));
    }
    if (header.withdrawalsRoot() != null) {
      json.set("withdrawalsRoot", Quantity.of(header.withdrawalsRoot()));
    }
    if (header.blobGasUsed() != null) {
      json.set("blobGasUsed", Quantity.of(header.blobGasUsed()));
    }
    if (header.excessBlobGas() != null) {
      json.set("excessBlobGas", Quantity.of(header.excessBlobGas()));
    }
    if (header.parentBeaconRoot() != null) {
      json.set("parentBeaconBlockRoot", Quantity.of(header.parentBeaconRoot()));
    }
    return json;
  }

  private static ObjectNode withdrawal(Withdrawal withdrawal) {
    ObjectNode json = Quantity.object();
    json.set("index", Quantity.of(withdrawal.index()));
    json.set("validatorIndex", Quantity.of(withdrawal.validator()));
    json.set("address", Quantity.of(withdrawal.address()));
    json.set("amount", Quantity.of(withdrawal.amountGwei()));
    return json;
  }

  private static String fixed(long nonce) {
    String digits = Long.toHexString(nonce);
    return "0".repeat(NONCE_DIGITS - digits.length()) + digits;
  }
}
