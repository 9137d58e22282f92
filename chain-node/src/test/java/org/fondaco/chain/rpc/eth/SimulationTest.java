package org.fondaco.chain.rpc.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.fondaco.chain.rpc.RpcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code eth_simulateV1}, by the cases that the specification's tests describe. */
class SimulationTest {
  private static final String A = "0xc000000000000000000000000000000000000000";
  private static final String B = "0xc100000000000000000000000000000000000000";
  private static final String C = "0xc200000000000000000000000000000000000000";
  private static final String ONE = "0".repeat(63) + "1";

  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig();
    rig.seal();
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private JsonNode simulate(String blocks, String more) throws RpcException {
    return rig.get(
        "eth_simulateV1", "{\"blockStateCalls\": [" + blocks + "]" + more + "}, \"latest\"");
  }

  private void assertFails(String blocks, String more, int code, String message) {
    assertThatThrownBy(() -> simulate(blocks, more))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code))
        .hasMessageContaining(message);
  }

  private static String balance(String address, String wei) {
    return "\"stateOverrides\": {\"" + address + "\": {\"balance\": \"" + wei + "\"}}";
  }

  private static String transfer(String from, String to, String wei) {
    return "{\"from\": \"" + from + "\", \"to\": \"" + to + "\", \"value\": \"" + wei + "\"}";
  }

  private static String calls(String... calls) {
    return "\"calls\": [" + String.join(",", calls) + "]";
  }

  @Test
  void callsFollowEachOtherOverBlocks() throws RpcException {
    JsonNode blocks =
        simulate(
            "{"
                + balance(A, "0x3e8")
                + ","
                + calls(transfer(A, B, "0x3e8"))
                + "}, {"
                + calls(transfer(B, C, "0x3e8"), "{\"to\": \"" + Rig.NUMBER + "\"}")
                + "}",
            "");
    assertThat(blocks).hasSize(2);
    JsonNode first = blocks.path(0);
    JsonNode second = blocks.path(1);
    assertThat(first.path("number").asString()).isEqualTo("0x2");
    assertThat(first.path("parentHash").asString()).isEqualTo(rig.chain.head().hash().toString());
    assertThat(first.path("baseFeePerGas").asString()).isEqualTo("0x0");
    assertThat(first.path("gasUsed").asString()).isEqualTo("0x5208");
    assertThat(first.path("transactions")).hasSize(1);
    assertThat(second.path("parentHash")).isEqualTo(first.path("hash"));
    JsonNode call = first.path("calls").path(0);
    assertThat(call.path("status").asString()).isEqualTo("0x1");
    assertThat(call.path("returnData").asString()).isEqualTo("0x");
    assertThat(call.path("gasUsed").asString()).isEqualTo("0x5208");
    assertThat(second.path("calls").path(1).path("returnData").asString()).endsWith("03");
    // Nothing of it stays.
    assertThat(rig.text("eth_getBalance", "\"" + C + "\", \"latest\"")).isEqualTo("0x0");
  }

  @Test
  void numbersThatAreLeftOutAreEmptyBlocks() throws RpcException {
    JsonNode blocks =
        simulate("{\"blockOverrides\": {\"number\": \"0x5\", \"time\": \"0x7fffffff\"}}", "");
    assertThat(blocks).hasSize(4);
    assertThat(blocks.path(3).path("number").asString()).isEqualTo("0x5");
    assertThat(blocks.path(3).path("timestamp").asString()).isEqualTo("0x7fffffff");
    assertFails(
        "{\"blockOverrides\": {\"number\": \"0x1\"}}",
        "",
        -38020,
        "block numbers must be in order: 1 <= 1");
    assertFails(
        "{\"blockOverrides\": {\"time\": \"0x1\"}}",
        "",
        -38021,
        "block timestamps must be in order");
    assertFails("{\"blockOverrides\": {\"number\": \"0x1000\"}}", "", -38026, "too many blocks");
    assertFails("", "", -32602, "empty input");
  }

  @Test
  void etherMovesAsATokenWouldIfWanted() throws RpcException {
    String block = "{" + balance(A, "0x7d0") + "," + calls(transfer(A, B, "0x3e8")) + "}";
    assertThat(simulate(block, "").path(0).path("calls").path(0).path("logs")).isEmpty();
    JsonNode log =
        simulate(block, ", \"traceTransfers\": true")
            .path(0)
            .path("calls")
            .path(0)
            .path("logs")
            .path(0);
    assertThat(log.path("address").asString()).isEqualTo("0x" + "e".repeat(40));
    assertThat(log.path("topics").path(1).asString()).endsWith(A.substring(2));
    assertThat(log.path("data").asString()).endsWith("03e8").hasSize(66);
    assertThat(log.path("logIndex").asString()).isEqualTo("0x0");
    String logging =
        "{" + calls("{\"to\": \"" + Rig.CALLER + "\"}", "{\"to\": \"" + Rig.LOGGER + "\"}") + "}";
    JsonNode calls = simulate(logging, "").path(0).path("calls");
    assertThat(calls.path(0).path("logs")).hasSize(1);
    assertThat(calls.path(1).path("logs").path(0).path("logIndex").asString()).isEqualTo("0x1");
  }

  @Test
  void whatFailsSaysWhy() throws RpcException {
    JsonNode calls =
        simulate(
                "{"
                    + calls(
                        "{\"to\": \"" + Rig.REVERTER + "\", \"input\": \"0x12\"}",
                        "{\"to\": \"" + Rig.INVALID + "\", \"gas\": \"0x10000\"}")
                    + "}",
                "")
            .path(0)
            .path("calls");
    assertThat(calls.path(0).path("status").asString()).isEqualTo("0x0");
    assertThat(calls.path(0).path("returnData").asString()).isEqualTo("0x12");
    assertThat(calls.path(0).path("error").path("code").intValue()).isEqualTo(3);
    assertThat(calls.path(1).path("error").path("code").intValue()).isEqualTo(-32015);
    assertFails(
        "{" + calls(transfer(A, B, "0x1")) + "}",
        "",
        -38014,
        "insufficient funds for gas * price + value");
    assertFails(
        "{" + calls("{\"to\": \"" + B + "\", \"gas\": \"0x10\"}") + "}",
        "",
        -38013,
        "intrinsic gas too low");
    assertFails(
        "{\"blockOverrides\": {\"gasLimit\": \"0x7530\"}, "
            + calls("{\"to\": \"" + B + "\"}", "{\"to\": \"" + B + "\", \"gas\": \"0x5208\"}")
            + "}",
        "",
        -38015,
        "block gas limit reached");
    assertFails(
        "{" + calls("{\"to\": \"" + Rig.LOOP + "\"}", "5") + "}", "", -32602, "not an object");
  }

  @Test
  void validationAsksWhatABlockWould() throws RpcException {
    String validation = ", \"validation\": true, \"returnFullTransactions\": true";
    assertFails(
        "{" + calls(transfer(A, B, "0x0")) + "}",
        validation,
        -38012,
        "max fee per gas less than block base fee");
    String fee = "\"maxFeePerGas\": \"0x77359400\", \"from\": \"" + Rig.OWNER + "\"";
    assertFails(
        "{" + calls("{" + fee + ", \"to\": \"" + B + "\", \"nonce\": \"0x5\"}") + "}",
        validation,
        -38011,
        "nonce too high");
    JsonNode block =
        simulate(
                "{" + calls("{" + fee + ", \"to\": \"" + B + "\", \"gas\": \"0x5208\"}") + "}",
                validation)
            .path(0);
    assertThat(block.path("calls").path(0).path("status").asString()).isEqualTo("0x1");
    assertThat(block.path("baseFeePerGas").asString())
        .isEqualTo(org.fondaco.chain.execution.BaseFee.next(rig.chain.head()).toString());
    assertThat(block.path("transactions").path(0).path("from").asString())
        .isEqualTo(Rig.OWNER.toString());
  }

  @Test
  void stateIsOverriddenBlockByBlock() throws RpcException {
    String read = calls("{\"to\": \"" + Rig.READER + "\", \"input\": \"0x" + ONE + "\"}");
    JsonNode blocks =
        simulate(
            "{"
                + read
                + "}, {\"stateOverrides\": {\""
                + Rig.READER
                + "\": {\"stateDiff\": {\"0x"
                + ONE
                + "\": \"0x"
                + "0".repeat(62)
                + "07\"}}}, "
                + read
                + "}, {"
                + read
                + "}",
            "");
    assertThat(blocks.path(0).path("calls").path(0).path("returnData").asString()).endsWith("2a");
    assertThat(blocks.path(1).path("calls").path(0).path("returnData").asString()).endsWith("07");
    assertThat(blocks.path(2).path("calls").path(0).path("returnData").asString()).endsWith("07");
  }
}
