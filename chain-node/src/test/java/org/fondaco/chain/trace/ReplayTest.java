package org.fondaco.chain.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.block.Receipt;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.blockchain.Chains;
import org.fondaco.chain.blockchain.TestChain;
import org.fondaco.chain.contract.Contract;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.seal.InstantSeal;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Traces of a block in which each transaction needs what the one before it left. */
class ReplayTest {
  private static final byte[] KEY = TestChain.KEYS.getFirst();
  private static final Address OWNER = TestChain.address(KEY);
  private static final Address TOKEN = Evm.contractAddress(OWNER, 0);
  private static final Address TO = Address.of(0x70);

  @Test
  void aTraceUsesTheGasOfTheReceipt() throws RpcException {
    try (Blockchain chain =
        Chains.inMemory(TestChain.genesis(TestChain.INSTANT), new InstantSeal())) {
      Block block = dollars(chain);
      assertThat(chain.insert(block)).isEqualTo(new Blockchain.Insertion.Head());
      List<Receipt> receipts = Objects.requireNonNull(chain.receipts(block.hash()));
      long used = receipts.get(1).cumulativeGasUsed() - receipts.get(0).cumulativeGasUsed();
      Replay replay = new Replay(chain);

      JsonNode steps = replay.transaction(block, 1, options("{}"), later());
      assertThat(steps.path("failed").booleanValue()).isFalse();
      assertThat(steps.path("gas").asLong()).isEqualTo(used);
      JsonNode logs = steps.path("structLogs");
      JsonNode last = logs.path(logs.size() - 1);
      long spent = logs.path(0).path("gas").asLong() - last.path("gas").asLong();
      long sum = 0;
      for (JsonNode step : logs) {
        sum += step.path("gasCost").asLong();
      }
      assertThat(sum).isEqualTo(spent + last.path("gasCost").asLong());

      JsonNode call = replay.transaction(block, 1, options("{'tracer':'callTracer'}"), later());
      assertThat(call.path("gasUsed").asString()).isEqualTo("0x" + Long.toHexString(used));
      assertThat(U256.parse(call.path("output").asString())).isEqualTo(U256.ONE);

      JsonNode all = replay.block(block, options("{'tracer':'callTracer'}"), later());
      assertThat(all.size()).isEqualTo(2);
      assertThat(all.path(1).path("txHash").asString())
          .isEqualTo(block.transactions().get(1).hash().toString());
      assertThat(all.path(1).path("result")).isEqualTo(call);
      assertThat(all.path(0).path("result").path("type").asString()).isEqualTo("CREATE");
      assertThat(all.path(0).path("result").path("to").asString()).isEqualTo(TOKEN.toString());
    }
  }

  @Test
  void theGenesisHasNothingToTrace() {
    try (Blockchain chain =
        Chains.inMemory(TestChain.genesis(TestChain.INSTANT), new InstantSeal())) {
      Block genesis = Objects.requireNonNull(chain.block(0));
      assertThatThrownBy(() -> new Replay(chain).block(genesis, options("{}"), later()))
          .isInstanceOf(RpcException.class)
          .hasMessage("genesis is not traceable");
    }
  }

  /** Creates an ERC-20 and transfers some of it. */
  private static Block dollars(Blockchain chain) {
    byte[] creation =
        Contract.DOLLAR.deployment(List.of("Dollar", "USD", OWNER, BigInteger.valueOf(1_000_000)));
    byte[] transfer = Contract.DOLLAR.call("transfer", List.of(TO, BigInteger.TEN));
    return TestChain.block(
        chain,
        TestChain.header(chain, chain.head(), 0, Address.of(0xc0ffee), ""),
        List.of(),
        List.of(transaction(0, null, creation), transaction(1, TOKEN, transfer)));
  }

  private static Transaction transaction(long nonce, @Nullable Address to, byte[] data) {
    U256 price = U256.of(2_000_000_000);
    return new Transaction(
            Transaction.DYNAMIC_FEE,
            TestChain.CHAIN_ID,
            nonce,
            price,
            price,
            5_000_000,
            to,
            U256.ZERO,
            data,
            List.of(),
            U256.ZERO,
            List.of(),
            new Transaction.Signature(0, U256.ONE, U256.ONE))
        .signedBy(KEY);
  }

  private static long later() {
    return System.nanoTime() + 60_000_000_000L;
  }

  private static TraceOptions options(String json) throws RpcException {
    return TraceOptions.read(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }
}
