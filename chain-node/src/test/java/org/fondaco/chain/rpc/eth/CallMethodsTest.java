package org.fondaco.chain.rpc.eth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Calls that are only tried, within limits of gas and time. */
class CallMethodsTest {
  private static final String ONE = "0".repeat(63) + "1";

  private Rig rig;

  @BeforeEach
  void start() throws IOException {
    rig = new Rig(EthSettings.DEFAULT);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private static String to(String contract, String input) {
    return "{\"to\": \"" + contract + "\", \"input\": \"" + input + "\"}";
  }

  private String call(String contract, String input) throws RpcException {
    return rig.text("eth_call", to(contract, input) + ", \"latest\"");
  }

  private RpcException failure(String method, String parameters) {
    try {
      JsonNode result = rig.ask(method, parameters);
      throw new AssertionError("answered " + result);
    } catch (RpcException e) {
      return e;
    }
  }

  @Test
  void callsRunOnTheBlockThatIsNamed() throws RpcException {
    rig.seal();
    rig.seal();
    assertThat(call(Rig.READER, "0x" + ONE)).endsWith("2a");
    assertThat(U256.parse(call(Rig.NUMBER, "0x"))).isEqualTo(U256.of(2));
    assertThat(rig.text("eth_call", to(Rig.NUMBER, "0x") + ", \"0x1\"")).endsWith("01");
    assertThat(rig.text("eth_call", to(Rig.NUMBER, "0x") + ", \"pending\"")).endsWith("03");
    assertThat(rig.text("eth_call", to(Rig.NUMBER, "0x"))).endsWith("02");
    assertThat(rig.text("eth_call", "{\"to\": \"0x" + "9".repeat(40) + "\"}")).isEqualTo("0x");
  }

  @Test
  void aRevertComesWithItsReason() {
    RpcException plain = failure("eth_call", to(Rig.REVERTER, "0x1234"));
    assertThat(plain.code()).isEqualTo(3);
    assertThat(plain).hasMessage("execution reverted");
    assertThat(plain.data()).isEqualTo("0x1234");
    String error =
        "0x08c379a0"
            + "0".repeat(62)
            + "20"
            + "0".repeat(62)
            + "05"
            + "68656c6c6f"
            + "0".repeat(54);
    assertThat(failure("eth_call", to(Rig.REVERTER, error)))
        .hasMessage("execution reverted: hello");
    assertThat(failure("eth_call", to(Rig.REVERTER, "0x4e487b71" + "0".repeat(62) + "11")))
        .hasMessage("execution reverted: arithmetic underflow or overflow");
    RpcException invalid = failure("eth_call", to(Rig.INVALID, "0x"));
    assertThat(invalid.code()).isEqualTo(-32000);
    assertThat(invalid).hasMessage("invalid opcode: INVALID");
    assertThat(failure("eth_call", to(Rig.REVERTER, "0x08c379a0" + "f".repeat(128))))
        .hasMessage("execution reverted");
  }

  @Test
  void anEndlessLoopEndsByGasAndByTime() throws IOException {
    assertThat(failure("eth_call", to(Rig.LOOP, "0x"))).hasMessage("out of gas");
    EthSettings short_ =
        new EthSettings(Long.MAX_VALUE / 4, Duration.ofMillis(200), U256.ZERO, false, 100, 100);
    try (Rig limited = new Rig(short_)) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> limited.ask("eth_call", to(Rig.LOOP, "0x")))
          .hasMessage("execution aborted (timeout = 200ms)");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void theSenderMustHaveWhatItSends() throws RpcException {
    String poor = "{\"from\": \"0x" + "9".repeat(40) + "\", \"to\": \"" + Rig.READER + "\", ";
    assertThat(failure("eth_call", poor + "\"value\": \"0x1\"}"))
        .hasMessageContaining("insufficient funds for gas * price + value: address 0x9999")
        .hasMessageContaining("have 0 want 1");
    assertThat(failure("eth_call", poor + "\"gas\": \"0x64\"}"))
        .hasMessageContaining("intrinsic gas too low");
    assertThat(failure("eth_call", poor + "\"maxFeePerGas\": \"0x1\"}"))
        .hasMessageContaining("max fee per gas less than block base fee");
    assertThat(failure("eth_call", poor + "\"gasPrice\": \"0x1\", \"maxFeePerGas\": \"0x1\"}"))
        .hasMessage("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
    assertThat(failure("eth_call", poor + "\"data\": \"0x01\", \"input\": \"0x02\"}"))
        .hasMessageContaining("both \"data\" and \"input\" are set and not equal");
    assertThat(failure("eth_call", poor + "\"chainId\": \"0x1\"}"))
        .hasMessage("chainId does not match node's (have=1, want=1337)");
    assertThat(failure("eth_call", "5").code()).isEqualTo(-32602);
    assertThat(rig.ask("eth_call", poor + "\"data\": null}")).isNotNull();
  }

  @Test
  void stateCanBeOverridden() throws RpcException {
    String reader = to(Rig.READER, "0x" + ONE);
    String slot = "\"0x" + ONE + "\": \"0x" + "0".repeat(62) + "07\"";
    assertThat(
            rig.text(
                "eth_call",
                reader + ", \"latest\", {\"" + Rig.READER + "\": {\"stateDiff\": {" + slot + "}}}"))
        .endsWith("07");
    String other = to(Rig.READER, "0x" + "0".repeat(63) + "2");
    String two = "\"0x" + "0".repeat(63) + "2\": \"0x" + "0".repeat(62) + "08\"";
    assertThat(
            rig.text(
                "eth_call",
                other + ", \"latest\", {\"" + Rig.READER + "\": {\"state\": {" + two + "}}}"))
        .endsWith("08");
    // "state" is all there is then.
    assertThat(
            rig.text(
                "eth_call",
                reader + ", \"latest\", {\"" + Rig.READER + "\": {\"state\": {" + two + "}}}"))
        .isEqualTo("0x" + "0".repeat(64));
    String poor = "{\"from\": \"0x" + "9".repeat(40) + "\", \"to\": \"" + Rig.NUMBER + "\", ";
    assertThat(
            rig.text(
                "eth_call",
                poor
                    + "\"value\": \"0x5\"}, \"latest\", {\"0x"
                    + "9".repeat(40)
                    + "\": {\"balance\": \"0x5\", \"nonce\": \"0x7\"}}"))
        .endsWith("00");
    // SELFBALANCE in place of the contract's code.
    assertThat(
            rig.text(
                "eth_call",
                reader
                    + ", \"latest\", {\""
                    + Rig.READER
                    + "\": {\"code\": \"0x4760005260206000f3\", \"balance\": \"0x77\"}}"))
        .endsWith("77");
    assertThat(
            failure(
                "eth_call",
                reader
                    + ", \"latest\", {\""
                    + Rig.READER
                    + "\": {\"movePrecompileToAddress\": \"0x"
                    + "1".repeat(40)
                    + "\"}}"))
        .hasMessageContaining("not supported");
    // Nothing of it stays.
    assertThat(call(Rig.READER, "0x" + ONE)).endsWith("2a");
  }

  @Test
  void theBlockCanBeOverridden() throws RpcException {
    assertThat(
            rig.text(
                "eth_call", to(Rig.NUMBER, "0x") + ", \"latest\", null, {\"number\": \"0x1234\"}"))
        .endsWith("1234");
    // TIMESTAMP, COINBASE and BASEFEE as code.
    String[][] cases = {
      {"42", "time", "\"0x99\"", "99"},
      {"41", "feeRecipient", "\"0x" + "0".repeat(38) + "42\"", "42"},
      {"44", "prevRandao", "\"0x" + "0".repeat(62) + "43\"", "43"},
      {"45", "gasLimit", "\"0x44\"", "44"}
    };
    for (String[] each : cases) {
      String override =
          "{\"" + Rig.READER + "\": {\"code\": \"0x" + each[0] + "60005260206000f3\"}}";
      assertThat(
              rig.text(
                  "eth_call",
                  to(Rig.READER, "0x")
                      + ", \"latest\", "
                      + override
                      + ", {\""
                      + each[1]
                      + "\": "
                      + each[2]
                      + "}"))
          .as(each[1])
          .endsWith(each[3]);
    }
    assertThat(
            failure("eth_call", to(Rig.NUMBER, "0x") + ", \"latest\", null, {\"moon\": \"0x1\"}"))
        .hasMessageContaining("block override moon is not supported");
  }

  @Test
  void anEstimateSuffices() throws RpcException {
    assertThat(rig.text("eth_estimateGas", "{\"to\": \"0x" + "9".repeat(40) + "\"}"))
        .isEqualTo("0x5208");
    String input = "0x" + ONE + "0".repeat(63) + "9";
    for (String contract : new String[] {Rig.STORE, Rig.LOGGER, Rig.CALLER}) {
      long gas = Long.decode(rig.text("eth_estimateGas", to(contract, input)));
      assertThat(Long.decode(rig.text("eth_estimateGas", to(contract, input) + ", \"pending\"")))
          .as("every try of %s finds the same state", contract)
          .isEqualTo(gas);
      long nonce = Long.decode(rig.text("eth_getTransactionCount", "\"" + Rig.OWNER + "\""));
      Transaction transaction =
          Rig.transaction(
              Transaction.DYNAMIC_FEE, nonce, Address.parse(contract), 0, gas, Hex.decode(input));
      String hash =
          rig.text("eth_sendRawTransaction", "\"" + Hex.encode(transaction.encode()) + "\"");
      rig.seal();
      JsonNode receipt = rig.get("eth_getTransactionReceipt", "\"" + hash + "\"");
      assertThat(receipt.path("status").asString()).as(contract).isEqualTo("0x1");
      assertThat(gas)
          .as(contract)
          .isLessThan(Long.decode(receipt.path("gasUsed").asString()) * 11 / 10);
    }
  }

  @Test
  void anEstimateOfWhatFailsSaysWhy() {
    RpcException reverted = failure("eth_estimateGas", to(Rig.REVERTER, "0x12"));
    assertThat(reverted.code()).isEqualTo(3);
    assertThat(reverted.data()).isEqualTo("0x12");
    assertThat(failure("eth_estimateGas", to(Rig.LOOP, "0x")))
        .hasMessage("gas required exceeds allowance (30000000)");
    assertThat(
            failure(
                "eth_estimateGas",
                "{\"from\": \"0x"
                    + "9".repeat(40)
                    + "\", \"to\": \""
                    + Rig.READER
                    + "\", \"value\": \"0x1\", \"gasPrice\": \"0x77359400\"}"))
        .hasMessage("insufficient funds for transfer");
  }

  @Test
  void anAccessListNamesWhatIsTouched() throws RpcException {
    JsonNode list = rig.get("eth_createAccessList", to(Rig.READER, "0x" + ONE) + ", \"latest\"");
    assertThat(list.path("accessList")).hasSize(1);
    JsonNode entry = list.path("accessList").path(0);
    assertThat(entry.path("address").asString()).isEqualTo(Rig.READER);
    assertThat(entry.path("storageKeys").path(0).asString()).isEqualTo("0x" + ONE);
    assertThat(Long.decode(list.path("gasUsed").asString())).isGreaterThan(21_000);
    assertThat(list.has("error")).isFalse();
    JsonNode callee = rig.get("eth_createAccessList", to(Rig.CALLER, "0x"));
    assertThat(callee.path("accessList").path(0).path("address").asString()).isEqualTo(Rig.LOGGER);
    JsonNode failing = rig.get("eth_createAccessList", to(Rig.REVERTER, "0x"));
    assertThat(failing.path("error").asString()).isEqualTo("execution reverted");
    assertThat(failing.path("accessList")).isEmpty();
  }
}
