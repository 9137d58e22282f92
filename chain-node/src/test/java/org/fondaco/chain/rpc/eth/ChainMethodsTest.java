package org.fondaco.chain.rpc.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Blocks, transactions, receipts, and the way in for new transactions. */
class ChainMethodsTest {
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static Set<String> fields(JsonNode node) {
    return new TreeSet<>(node.propertyNames());
  }

  private static String quoted(Object text) {
    return "\"" + text + "\"";
  }

  private String send(Transaction transaction) throws RpcException {
    return rig.text("eth_sendRawTransaction", quoted(Hex.encode(transaction.encode())));
  }

  private void assertFails(String method, String parameters, int code, String message) {
    assertThatThrownBy(() -> rig.ask(method, parameters))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatChainItIs() throws RpcException {
    assertThat(rig.text("eth_chainId", "")).isEqualTo("0x539");
    assertThat(rig.text("eth_blockNumber", "")).isEqualTo("0x0");
    assertThat(rig.get("eth_syncing", "").booleanValue()).isFalse();
    assertThat(rig.get("eth_mining", "").booleanValue()).isFalse();
    assertThat(rig.text("eth_hashrate", "")).isEqualTo("0x0");
    assertThat(rig.text("eth_coinbase", "")).isEqualTo(Rig.COINBASE.toString());
  }

  /** The names of execution-apis' Block, with geth's total difficulty. */
  @Test
  void aBlockHasTheFieldsOfTheSpecification() throws RpcException {
    send(Rig.transfer(0));
    Block block = rig.seal();
    JsonNode json = rig.get("eth_getBlockByNumber", "\"latest\", true");
    assertThat(fields(json))
        .containsExactlyInAnyOrder(
            "number",
            "hash",
            "parentHash",
            "nonce",
            "mixHash",
            "sha3Uncles",
            "logsBloom",
            "stateRoot",
            "miner",
            "difficulty",
            "totalDifficulty",
            "extraData",
            "gasLimit",
            "gasUsed",
            "timestamp",
            "transactionsRoot",
            "receiptsRoot",
            "baseFeePerGas",
            "size",
            "transactions",
            "uncles");
    assertThat(json.path("hash").asString()).isEqualTo(block.hash().toString());
    assertThat(json.path("nonce").asString()).isEqualTo("0x0000000000000000");
    assertThat(json.path("totalDifficulty").asString()).isEqualTo("0x2");
    assertThat(json.path("gasUsed").asString()).isEqualTo("0x5208");
    assertThat(json.path("size").asString())
        .isEqualTo("0x" + Integer.toHexString(block.encode().length));
    assertThat(json.path("logsBloom").asString()).hasSize(514);
    assertThat(rig.get("eth_getBlockByHash", quoted(block.hash()) + ", true")).isEqualTo(json);
    JsonNode hashes = rig.get("eth_getBlockByHash", quoted(block.hash()) + ", false");
    assertThat(hashes.path("transactions").path(0).asString())
        .isEqualTo(block.transactions().getFirst().hash().toString());
    assertThat(rig.get("eth_getHeaderByNumber", "\"0x1\"").has("transactions")).isFalse();
    assertThat(rig.ask("eth_getBlockByNumber", "\"0x9\", false")).isNull();
    assertThat(rig.ask("eth_getBlockByHash", quoted("0x" + "1".repeat(64)) + ", false")).isNull();
  }

  @Test
  void thePendingBlockHasNoHashYet() throws RpcException {
    send(Rig.transfer(0));
    JsonNode pending = rig.get("eth_getBlockByNumber", "\"pending\", true");
    assertThat(pending.path("number").asString()).isEqualTo("0x1");
    assertThat(pending.path("hash").isNull()).isTrue();
    assertThat(pending.path("nonce").isNull()).isTrue();
    assertThat(pending.path("miner").isNull()).isTrue();
    assertThat(pending.path("transactions")).hasSize(1);
    assertThat(rig.text("eth_getBlockTransactionCountByNumber", "\"pending\"")).isEqualTo("0x1");
    assertThat(rig.text("eth_getTransactionCount", quoted(Rig.OWNER) + ", \"pending\""))
        .isEqualTo("0x1");
    assertThat(rig.text("eth_getBalance", quoted(Address.of(0xbeef)) + ", \"pending\""))
        .isEqualTo("0x1");
    assertThat(rig.get("eth_getBlockReceipts", "\"pending\"")).hasSize(1);
  }

  @Test
  void aTransactionWaitsAndIsMined() throws RpcException {
    Transaction transaction = Rig.transfer(0);
    String hash = send(transaction);
    assertThat(hash).isEqualTo(transaction.hash().toString());
    JsonNode waiting = rig.get("eth_getTransactionByHash", quoted(hash));
    assertThat(waiting.path("blockHash").isNull()).isTrue();
    assertThat(waiting.path("gasPrice")).isEqualTo(waiting.path("maxFeePerGas"));
    assertThat(rig.ask("eth_getTransactionReceipt", quoted(hash))).isNull();

    Block block = rig.seal();
    JsonNode mined = rig.get("eth_getTransactionByHash", quoted(hash));
    assertThat(fields(mined))
        .containsExactlyInAnyOrder(
            "blockHash",
            "blockNumber",
            "blockTimestamp",
            "from",
            "gas",
            "gasPrice",
            "maxFeePerGas",
            "maxPriorityFeePerGas",
            "hash",
            "input",
            "nonce",
            "to",
            "transactionIndex",
            "value",
            "type",
            "accessList",
            "chainId",
            "v",
            "r",
            "s",
            "yParity");
    assertThat(mined.path("from").asString()).isEqualTo(Rig.OWNER.toString());
    assertThat(mined.path("gasPrice").asString())
        .isEqualTo(Rig.baseFee(block.header()).add(Rig.GWEI).toString());
    assertThat(rig.get("eth_getTransactionByBlockNumberAndIndex", "\"0x1\", \"0x0\""))
        .isEqualTo(mined);
    assertThat(rig.get("eth_getTransactionByBlockHashAndIndex", quoted(block.hash()) + ", \"0x0\""))
        .isEqualTo(mined);
    assertThat(rig.ask("eth_getTransactionByBlockNumberAndIndex", "\"0x1\", \"0x1\"")).isNull();
    String raw = Hex.encode(transaction.encode());
    assertThat(rig.text("eth_getRawTransactionByHash", quoted(hash))).isEqualTo(raw);
    assertThat(rig.text("eth_getRawTransactionByBlockNumberAndIndex", "\"0x1\", \"0x0\""))
        .isEqualTo(raw);
  }

  @Test
  void aReceiptHasTheFieldsOfTheSpecification() throws RpcException {
    send(Rig.transfer(0));
    String hash = send(Rig.logging(1, 7, 8));
    Block block = rig.seal();
    JsonNode receipt = rig.get("eth_getTransactionReceipt", quoted(hash));
    assertThat(fields(receipt))
        .containsExactlyInAnyOrder(
            "blockHash",
            "blockNumber",
            "contractAddress",
            "cumulativeGasUsed",
            "effectiveGasPrice",
            "from",
            "gasUsed",
            "logs",
            "logsBloom",
            "status",
            "to",
            "transactionHash",
            "transactionIndex",
            "type");
    assertThat(receipt.path("status").asString()).isEqualTo("0x1");
    assertThat(receipt.path("transactionIndex").asString()).isEqualTo("0x1");
    long gas = Long.decode(receipt.path("gasUsed").asString());
    assertThat(Long.decode(receipt.path("cumulativeGasUsed").asString())).isEqualTo(gas + 21_000);
    JsonNode log = receipt.path("logs").path(0);
    assertThat(fields(log))
        .containsExactlyInAnyOrder(
            "address",
            "topics",
            "data",
            "blockNumber",
            "transactionHash",
            "transactionIndex",
            "blockHash",
            "blockTimestamp",
            "logIndex",
            "removed");
    assertThat(log.path("topics").path(1).asString()).endsWith("08").hasSize(66);
    assertThat(log.path("data").asString()).isEqualTo("0x");
    JsonNode all = rig.get("eth_getBlockReceipts", quoted(block.hash()));
    assertThat(all).hasSize(2);
    assertThat(all.path(1)).isEqualTo(receipt);
    assertThat(rig.get("eth_getBlockReceipts", "\"0x0\"")).isEmpty();
    assertThat(rig.ask("eth_getBlockReceipts", "\"0x77\"")).isNull();
  }

  @Test
  void aCreationNamesItsContract() throws RpcException {
    Transaction creation =
        Rig.transaction(
            Transaction.LEGACY,
            0,
            null,
            0,
            100_000,
            Hex.decode("0x600a80600d6000396000f35b5b5b5b5b5b5b5b5b5b"));
    String hash = send(creation);
    rig.seal();
    JsonNode receipt = rig.get("eth_getTransactionReceipt", quoted(hash));
    String contract = Evm.contractAddress(Rig.OWNER, 0).toString();
    assertThat(receipt.path("contractAddress").asString()).isEqualTo(contract);
    assertThat(receipt.path("to").isNull()).isTrue();
    assertThat(rig.text("eth_getCode", quoted(contract) + ", \"latest\"")).startsWith("0x5b5b");
    assertThat(rig.text("eth_getCode", quoted(contract) + ", \"earliest\"")).isEqualTo("0x");
    JsonNode transaction = rig.get("eth_getTransactionByHash", quoted(hash));
    assertThat(transaction.has("accessList")).isFalse();
    assertThat(transaction.has("yParity")).isFalse();
    assertThat(transaction.path("chainId").asString()).isEqualTo("0x539");
    long v = Long.decode(transaction.path("v").asString());
    assertThat(v).isBetween(35 + 2 * Rig.CHAIN_ID, 36 + 2 * Rig.CHAIN_ID);
  }

  @Test
  void countsAndUnclesOfBlocks() throws RpcException {
    Block block = rig.seal();
    assertThat(rig.text("eth_getBlockTransactionCountByHash", quoted(block.hash())))
        .isEqualTo("0x0");
    assertThat(rig.text("eth_getUncleCountByBlockHash", quoted(block.hash()))).isEqualTo("0x0");
    assertThat(rig.text("eth_getUncleCountByBlockNumber", "\"0x1\"")).isEqualTo("0x0");
    assertThat(rig.ask("eth_getUncleByBlockNumberAndIndex", "\"0x1\", \"0x0\"")).isNull();
    assertThat(rig.ask("eth_getUncleCountByBlockNumber", "\"0x5\"")).isNull();
  }

  @Test
  void refusesTransactionsInGethsWords() throws RpcException {
    assertFails("eth_sendRawTransaction", "\"0x\"", -32000, "rlp: ");
    assertFails("eth_sendRawTransaction", "\"0xc0\"", -32000, "rlp: ");
    assertFails("eth_sendRawTransaction", "\"0x7f01\"", -32000, "rlp: ");
    assertFails("eth_sendRawTransaction", "\"0xz0\"", -32602, "invalid hex string");
    assertFails("eth_sendRawTransaction", "\"0x1\"", -32602, "hex string of odd length");
    Transaction known = Rig.transfer(0);
    send(known);
    assertFails(
        "eth_sendRawTransaction", quoted(Hex.encode(known.encode())), -32000, "already known");
    Transaction unprotected =
        new Transaction(
                Transaction.LEGACY,
                null,
                0,
                Rig.GWEI,
                Rig.GWEI,
                21_000,
                Address.of(1),
                U256.ONE,
                new byte[0],
                List.of(),
                U256.ZERO,
                List.of(),
                known.signature())
            .signedBy(Rig.KEY);
    assertFails(
        "eth_sendRawTransaction",
        quoted(Hex.encode(unprotected.encode())),
        -32000,
        "only replay-protected (EIP-155) transactions allowed over RPC");
  }

  @Test
  void refusesBlobsAndFeesBeyondTheCap() throws RpcException {
    Transaction known = Rig.transfer(0);
    Transaction blob =
        new Transaction(
                Transaction.BLOB,
                U256.of(Rig.CHAIN_ID),
                0,
                Rig.GWEI,
                Rig.GWEI,
                21_000,
                Address.of(1),
                U256.ONE,
                new byte[0],
                List.of(),
                U256.ONE,
                List.of(known.hash()),
                known.signature())
            .signedBy(Rig.KEY);
    assertFails(
        "eth_sendRawTransaction",
        quoted(Hex.encode(blob.encode())),
        -32000,
        "blob transactions are not taken");
    U256 ether = U256.of(1_000_000_000_000_000_000L);
    Transaction dear =
        new Transaction(
                Transaction.LEGACY,
                U256.of(Rig.CHAIN_ID),
                0,
                ether,
                ether,
                21_000,
                Address.of(1),
                U256.ONE,
                new byte[0],
                List.of(),
                U256.ZERO,
                List.of(),
                known.signature())
            .signedBy(Rig.KEY);
    assertFails(
        "eth_sendRawTransaction",
        quoted(Hex.encode(dear.encode())),
        -32000,
        "tx fee (21000.00 ether) exceeds the configured cap (1.00 ether)");
  }

  @Test
  void refusesMalformedParametersInGethsWords() {
    assertFails("eth_getBlockByNumber", "", -32602, "missing value for required argument 0");
    assertFails("eth_getBlockByNumber", "\"0x01\", false", -32602, "leading zero digits");
    assertFails("eth_getBlockByNumber", "\"0x\", false", -32602, "hex string \"0x\"");
    assertFails("eth_getBlockByNumber", "\"newest\", false", -32602, "without 0x prefix");
    assertFails(
        "eth_getBlockByNumber", "\"0xffffffffffffffff\", false", -32602, "larger than int64");
    assertFails("eth_getBlockByHash", "\"0x12\", false", -32602, "want 64");
    assertFails("eth_getBlockByNumber", "\"0x1\", false, 1", -32602, "want at most 2");
    assertFails("eth_getBlockByNumber", "\"0x1\", 5", -32602, "not a boolean");
    assertFails("eth_getBalance", "\"0x12\", \"latest\"", -32602, "want 40");
  }
}
