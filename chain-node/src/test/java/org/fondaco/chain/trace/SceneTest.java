package org.fondaco.chain.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tracers' JSON, compared whole with what geth writes of the same programs. */
class SceneTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Address SENDER = Address.of(0x5e4d);
  private static final Address CONTRACT = Address.of(0xc0de);
  private static final Address CALLEE = Address.of(0xca11ee);
  private static final Address COINBASE = Address.of(0xc01b);

  /** DELEGATECALL(GAS, 0xca11ee, 0, 0, 0, 0) */
  private static final String DELEGATE = "5f5f5f5f62ca11ee5af4";

  /** LOG1(0, 0, 7) */
  private static final String LOG = "60075f5fa1";

  /** What Solidity's {@code revert("no")} returns, in memory and reverted. */
  private static final String REVERT_NO =
      "6308c379a060e01b5f52" // the selector
          + "6020600452" // where the text is
          + "6002602452" // its length
          + "616e6f60f01b604452" // "no"
          + "60645ffd";

  private final MemoryState before = new MemoryState();

  @Test
  void stepsSayWhatTheyCostAndSee() throws RpcException {
    put(CONTRACT, "6001" + "5f55" + "5f54" + "5f52" + "5000"); // ends with a POP of nothing
    JsonNode trace = trace("{'enableMemory': true}");
    String slot = "0x" + "0".repeat(64);
    String one = "0x" + "0".repeat(63) + "1";
    assertThat(trace)
        .isEqualTo(
            json(
                """
                {'gas': 100000, 'failed': true, 'returnValue': '0x', 'structLogs': [
                 {'pc': 0, 'op': 'PUSH1', 'gas': 78936, 'gasCost': 3, 'depth': 1, 'stack': [],
                  'memory': []},
                 {'pc': 2, 'op': 'PUSH0', 'gas': 78933, 'gasCost': 2, 'depth': 1, 'stack': ['0x1'],
                  'memory': []},
                 {'pc': 3, 'op': 'SSTORE', 'gas': 78931, 'gasCost': 22100, 'depth': 1,
                  'stack': ['0x1', '0x0'], 'memory': [], 'storage': {'SLOT': 'ONE'}},
                 {'pc': 4, 'op': 'PUSH0', 'gas': 56831, 'gasCost': 2, 'depth': 1, 'stack': [],
                  'memory': []},
                 {'pc': 5, 'op': 'SLOAD', 'gas': 56829, 'gasCost': 100, 'depth': 1,
                  'stack': ['0x0'], 'memory': [], 'storage': {'SLOT': 'ONE'}},
                 {'pc': 6, 'op': 'PUSH0', 'gas': 56729, 'gasCost': 2, 'depth': 1, 'stack': ['0x1'],
                  'memory': []},
                 {'pc': 7, 'op': 'MSTORE', 'gas': 56727, 'gasCost': 6, 'depth': 1,
                  'stack': ['0x1', '0x0'], 'memory': []},
                 {'pc': 8, 'op': 'POP', 'gas': 56721, 'gasCost': 0, 'depth': 1, 'stack': [],
                  'memory': ['ONE'], 'error': 'stack underflow (0 <=> 1)'}]}
                """
                    .replace("SLOT", slot)
                    .replace("ONE", one)));
  }

  @Test
  void stepsCanBeFewAndPlain() throws RpcException {
    put(CONTRACT, "60015f555f5450");
    JsonNode trace = trace("{'limit': 3, 'disableStack': true, 'disableStorage': true}");
    assertThat(trace.path("structLogs"))
        .isEqualTo(
            json(
                """
                [{'pc': 0, 'op': 'PUSH1', 'gas': 78936, 'gasCost': 3, 'depth': 1},
                 {'pc': 2, 'op': 'PUSH0', 'gas': 78933, 'gasCost': 2, 'depth': 1},
                 {'pc': 3, 'op': 'SSTORE', 'gas': 78931, 'gasCost': 22100, 'depth': 1}]
                """));
    assertThat(trace.path("failed").booleanValue()).isFalse();
  }

  @Test
  void aCallTraceIsATreeWithReasonsOfReverts() throws RpcException {
    put(CONTRACT, LOG + DELEGATE + LOG + "00");
    put(CALLEE, LOG + REVERT_NO);
    JsonNode trace = trace("{'tracer': 'callTracer', 'tracerConfig': {'withLog': true}}");
    String log = "{'address': '%s', 'topics': ['0x%s7'], 'data': '0x', 'position': '0x%d'}";
    String topic = "0".repeat(63);
    assertThat(trace)
        .isEqualTo(
            json(
                """
                {'from': 'SENDER', 'gas': '0x186a0', 'gasUsed': '0x659c', 'to': 'CONTRACT',
                 'input': '0x01020304',
                 'calls': [
                   {'from': 'CONTRACT', 'gas': '0x12292', 'gasUsed': '0x335', 'to': 'CALLEE',
                    'input': '0x', 'output': 'OUTPUT', 'error': 'execution reverted',
                    'revertReason': 'no', 'value': '0x0', 'type': 'DELEGATECALL'}],
                 'logs': [LOG0, LOG1],
                 'value': '0x0', 'type': 'CALL'}
                """
                    .replace("LOG0", log.formatted(CONTRACT, topic, 0))
                    .replace("LOG1", log.formatted(CONTRACT, topic, 1))
                    .replace(
                        "OUTPUT",
                        "0x08c379a0"
                            + "0".repeat(62)
                            + "20"
                            + "0".repeat(63)
                            + "2"
                            + "6e6f"
                            + "0".repeat(60))
                    .replace("SENDER", SENDER.toString())
                    .replace("CONTRACT", CONTRACT.toString())
                    .replace("CALLEE", CALLEE.toString())));
  }

  @Test
  void aCallTraceShowsCreationsAndEndsOfContracts() throws RpcException {
    // CREATE of init code SELFDESTRUCT(CALLER), one byte 0xff after 0x33
    put(CONTRACT, "6133ff5f52" + "6002601e5ff0" + "00");
    JsonNode trace = trace("{'tracer': 'callTracer'}");
    JsonNode created = trace.path("calls").path(0);
    Address address = org.fondaco.chain.evm.Evm.contractAddress(CONTRACT, 1);
    assertThat(created.path("type").asString()).isEqualTo("CREATE");
    assertThat(created.path("to").asString()).isEqualTo(address.toString());
    assertThat(created.path("input").asString()).isEqualTo("0x33ff");
    assertThat(created.path("calls"))
        .isEqualTo(
            json(
                """
                [{'from': 'CREATED', 'gas': '0x0', 'gasUsed': '0x0', 'to': 'CONTRACT',
                  'input': '0x', 'value': '0x0', 'type': 'SELFDESTRUCT'}]
                """
                    .replace("CREATED", address.toString())
                    .replace("CONTRACT", CONTRACT.toString())));
    JsonNode top = trace("{'tracer': 'callTracer', 'tracerConfig': {'onlyTopCall': true}}");
    assertThat(top.has("calls")).isFalse();
  }

  @Test
  void selectorsAreCountedButNotThoseOfPrecompiledContracts() throws RpcException {
    // STATICCALL(GAS, 4, 0, 8, 0, 0), twice CALL(GAS, 0xca11ee, 0, 0, 8, 0, 0)
    String call = "5f5f60085f5f62ca11ee5af1";
    put(CONTRACT, "5f5f60085f60045afa" + call + call);
    assertThat(trace("{'tracer': '4byteTracer'}"))
        .isEqualTo(json("{'0x00000000-4': 2, '0x01020304-0': 1}"));
    assertThat(trace("{'tracer': 'noopTracer'}")).isEqualTo(json("{}"));
  }

  @Test
  void thePrestateIsWhatWasLookedAt() throws RpcException {
    put(CONTRACT, "60015f55" + "60015450" + "62ca11ee3150"); // SSTORE 0, SLOAD 1, BALANCE
    before.putStorage(CONTRACT, true, Map.of(U256.ONE, U256.of(5)));
    String slot = "0".repeat(63);
    assertThat(trace("{'tracer': 'prestateTracer'}"))
        .isEqualTo(
            json(
                """
                {'SENDER': {'balance': '0xde0b6b3a7640000', 'nonce': 3},
                 'CONTRACT': {'balance': '0x0', 'code': '0x60015f556001545062ca11ee3150',
                  'nonce': 1, 'storage': {'0xSLOT0': '0xSLOT0', '0xSLOT1': '0xSLOT5'}},
                 'COINBASE': {'balance': '0x0'},
                 'CALLEE': {'balance': '0x0'}}
                """
                    .replace("SLOT", slot)
                    .replace("SENDER", SENDER.toString())
                    .replace("CONTRACT", CONTRACT.toString())
                    .replace("COINBASE", COINBASE.toString())
                    .replace("CALLEE", CALLEE.toString())));
    JsonNode diff = trace("{'tracer': 'prestateTracer', 'tracerConfig': {'diffMode': true}}");
    assertThat(diff.path("post").path(CONTRACT.toString()))
        .isEqualTo(json("{'storage': {'0xSLOT0': '0xSLOT1'}}".replace("SLOT", slot)));
    assertThat(diff.path("pre").path(CONTRACT.toString()).has("storage")).isFalse();
    assertThat(diff.path("post").path(SENDER.toString()).path("nonce").asInt()).isEqualTo(4);
    assertThat(diff.path("post").has(COINBASE.toString())).isTrue();
    assertThat(diff.path("pre").has(COINBASE.toString())).isFalse();
    assertThat(diff.path("post").has(CALLEE.toString())).isFalse();
  }

  @Test
  void whatCannotBeTracedSaysWhy() {
    put(CONTRACT, "5b5f56");
    assertThatThrownBy(() -> trace("{'tracer': '{step: function() {}}'}"))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("tracer not found");
    assertThatThrownBy(() -> trace("{'timeout': 'soon'}"))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("invalid duration");
    assertThatThrownBy(() -> scene(System.nanoTime() - 1).trace(call(100_000), options("{}")))
        .isInstanceOf(RpcException.class)
        .hasMessage("execution timeout");
    long hour = System.nanoTime() + 3_600_000_000_000L;
    assertThatThrownBy(() -> scene(hour).trace(call(30_000_000), options("{}")))
        .isInstanceOf(RpcException.class)
        .hasMessageContaining("trace above 256 MiB");
  }

  @Test
  void durationsAreGos() throws RpcException {
    assertThat(Durations.millis("5s")).isEqualTo(5_000);
    assertThat(Durations.millis("1m30.5s")).isEqualTo(90_500);
    assertThat(Durations.millis("300ms")).isEqualTo(300);
  }

  private void put(Address address, String code) {
    before.put(address, new StoredAccount(1, U256.ZERO, new Code(Hex.decode(code))));
    before.put(SENDER, new StoredAccount(3, U256.of(1_000_000_000_000_000_000L), Code.EMPTY));
  }

  private static Call call(long gas) {
    return new Call(
        2,
        SENDER,
        3,
        U256.of(gas),
        CONTRACT,
        U256.ZERO,
        Hex.decode("0x01020304"),
        U256.of(10),
        U256.ONE,
        List.of(),
        U256.ZERO,
        List.of());
  }

  private JsonNode trace(String options) throws RpcException {
    JsonNode trace =
        scene(System.nanoTime() + 60_000_000_000L).trace(call(100_000), options(options));
    return JSON.readTree(trace.toString());
  }

  private Scene scene(long deadlineNanos) {
    BlockContext block =
        new BlockContext(
            COINBASE,
            1,
            1,
            U256.ZERO,
            U256.of(30_000_000),
            U256.of(7),
            U256.ONE,
            1,
            number -> Hash.ZERO);
    return new Scene(
        Rules.of(Fork.CANCUN), block, new WorldState(before), new Budget(), deadlineNanos);
  }

  private static TraceOptions options(String json) throws RpcException {
    return TraceOptions.read(json(json));
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
