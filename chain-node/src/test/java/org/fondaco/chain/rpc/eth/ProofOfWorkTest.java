package org.fondaco.chain.rpc.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.seal.HeaderOnly;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A chain of the walk's rules: before Byzantium, with rewards, uncles and no base fee. */
class ProofOfWorkTest {
  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig =
        new Rig(
            EthSettings.DEFAULT,
            ", \"homesteadBlock\": 0, \"eip150Block\": 0, \"eip155Block\": 0, \"eip158Block\": 0",
            HeaderOnly::new);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void oldBlocksLackWhatLaterForksAdded() throws RpcException {
    Transaction transaction =
        Rig.transaction(Transaction.LEGACY, 0, Address.of(0xbeef), 1, 21_000, new byte[0]);
    rig.ask("eth_sendRawTransaction", "\"" + Hex.encode(transaction.encode()) + "\"");
    rig.seal();
    JsonNode block = rig.get("eth_getBlockByNumber", "\"0x1\", true");
    assertThat(block.has("baseFeePerGas")).isFalse();
    assertThat(block.has("withdrawals")).isFalse();
    assertThat(U256.parse(block.path("totalDifficulty").asString()))
        .isEqualTo(rig.chain.genesis().difficulty().add(rig.chain.head().difficulty()));
    JsonNode receipt = rig.get("eth_getTransactionReceipt", "\"" + transaction.hash() + "\"");
    assertThat(receipt.has("status")).isFalse();
    assertThat(receipt.path("root").asString()).hasSize(66);
    assertThat(receipt.path("effectiveGasPrice").asString())
        .isEqualTo(transaction.maxFee().toString());
    assertThat(rig.text("eth_gasPrice", "")).isEqualTo(transaction.maxFee().toString());
    assertThat(rig.text("eth_blobBaseFee", "")).isEqualTo("0x0");
    JsonNode history = rig.get("eth_feeHistory", "\"0x2\", \"latest\", [50]");
    assertThat(history.path("baseFeePerGas").path(2).asString()).isEqualTo("0x0");
    assertThat(history.path("reward").path(1).path(0).asString())
        .isEqualTo(transaction.maxFee().toString());
    assertThat(rig.text("eth_estimateGas", "{\"to\": \"" + Rig.LOGGER + "\"}")).startsWith("0x");
    assertThat(rig.text("eth_getBalance", "\"" + Rig.COINBASE + "\", \"latest\""))
        .isEqualTo(
            U256.of(5_000_000_000_000_000_000L)
                .add(transaction.maxFee().multiply(U256.of(21_000)))
                .toString());
  }

  @Test
  void unclesAreShown() throws RpcException {
    Block first = rig.seal();
    Block uncle = rig.build(rig.chain.genesis(), List.of(), "uncle").block();
    Block second =
        rig.insert(rig.build(first.header(), List.of(), List.of(uncle.header()), "").block());
    assertThat(rig.text("eth_getUncleCountByBlockNumber", "\"0x2\"")).isEqualTo("0x1");
    JsonNode shown = rig.get("eth_getUncleByBlockNumberAndIndex", "\"0x2\", \"0x0\"");
    assertThat(shown.path("hash").asString()).isEqualTo(uncle.hash().toString());
    assertThat(shown.path("uncles")).isEmpty();
    assertThat(shown.has("transactions")).isFalse();
    assertThat(rig.get("eth_getUncleByBlockHashAndIndex", "\"" + second.hash() + "\", \"0x0\""))
        .isEqualTo(shown);
    assertThat(rig.get("eth_getBlockByNumber", "\"0x2\", false").path("uncles").path(0).asString())
        .isEqualTo(uncle.hash().toString());
  }

  @Test
  void noBlockIsEverFinal() {
    assertThatThrownBy(() -> rig.ask("eth_getBlockByNumber", "\"finalized\", false"))
        .hasMessage("finalized block not found");
    assertThatThrownBy(() -> rig.ask("eth_getBalance", "\"" + Rig.OWNER + "\", \"safe\""))
        .hasMessage("safe block not found");
  }

  @Test
  void newerTransactionsAreNotOfThisFork() {
    assertThatThrownBy(() ->
            rig.ask("eth_sendRawTransaction", "\"" + Hex.encode(Rig.transfer(0).encode()) + "\""))
        .hasMessageContaining("transaction type not supported");
    assertThatThrownBy(() ->
            rig.ask("eth_call", "{\"to\": \"" + Rig.NUMBER + "\", \"maxFeePerGas\": \"0x1\"}"))
        .hasMessageContaining("transaction type not supported");
  }
}
