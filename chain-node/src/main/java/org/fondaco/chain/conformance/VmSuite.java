package org.fondaco.chain.conformance;

import static org.fondaco.chain.conformance.TestState.word;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.evm.Evm;
import org.fondaco.chain.evm.Message;
import org.fondaco.chain.evm.Result;
import org.fondaco.chain.evm.TransactionContext;
import org.fondaco.chain.fork.Fork;
import org.fondaco.chain.fork.Rules;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The first VM tests: code without a transaction around it, checked by gas, output, logs and state;
 * rules of Frontier.
 */
public final class VmSuite implements Suite {
  private static final String ZIP = "ethereum/legacy-constantinople-state-and-vm.zip";

  @Override
  public String name() {
    return "vm-tests";
  }

  @Override
  public String zip() {
    return ZIP;
  }

  @Override
  public void run(Vectors vectors, Listener listener) {
    vectors.eachJson(
        ZIP,
        "/VMTests/",
        (file, json) ->
            json.properties()
                .forEach(test -> runTest(file + ":" + test.getKey(), test.getValue(), listener)));
  }

  private static void runTest(String test, JsonNode json, Listener listener) {
    if (!listener.begin("Frontier", test)) {
      return;
    }
    String failure;
    try {
      failure = check(json);
    } catch (RuntimeException e) {
      failure = "threw " + e + " at " + e.getStackTrace()[0];
    }
    if (failure == null) {
      listener.passed("Frontier", test);
    } else {
      listener.failed("Frontier", test, failure);
    }
  }

  private static @Nullable String check(JsonNode json) {
    MemoryState pre = TestState.accounts(json.get("pre"));
    BlockContext block = TestState.block(json.get("env"), false);
    JsonNode exec = json.get("exec");
    Address self = Address.parse(exec.get("address").asString());
    WorldState state = new WorldState(pre);
    state.setCode(self, new Code(Hex.decode(exec.get("code").asString())));
    Evm evm =
        new Evm(
            Rules.of(Fork.FRONTIER),
            state,
            block,
            new TransactionContext(
                Address.parse(exec.get("origin").asString()), word(exec, "gasPrice"), List.of()));
    // CALLCODE, because the value of these tests is not moved.
    Result result =
        evm.run(
            new Message(
                Message.Kind.CALLCODE,
                Address.parse(exec.get("caller").asString()),
                self,
                self,
                word(exec, "value"),
                Hex.decode(exec.get("data").asString()),
                word(exec, "gas").longValue(),
                false));
    if (!json.has("post")) {
      return result.success() ? "succeeded and must not" : null;
    }
    return compare(json, pre, state, result);
  }

  private static @Nullable String compare(
      JsonNode json, MemoryState pre, WorldState state, Result result) {
    if (!result.success()) {
      return "halted: " + result.halt();
    }
    if (result.gasLeft() != word(json, "gas").longValue()) {
      return "gas left " + result.gasLeft() + ", expected " + word(json, "gas").longValue();
    }
    if (!Arrays.equals(result.output(), Hex.decode(json.get("out").asString()))) {
      return "output " + Hex.encode(result.output());
    }
    if (!WorldState.hashOf(state.logs()).equals(Hash.parse(json.get("logs").asString()))) {
      return "logs " + state.logs();
    }
    state.endTransaction(false);
    MemoryState post = pre.copy();
    state.writeTo(post);
    MemoryState expected = TestState.accounts(json.get("post"));
    // Accounts that the machine merely made to look at are not in these tests' states.
    for (Map.Entry<Address, org.fondaco.chain.state.StoredAccount> account :
        Map.copyOf(post.accounts()).entrySet()) {
      if (account.getValue().isEmpty() && expected.account(account.getKey()) == null) {
        post.remove(account.getKey());
      }
    }
    return post.root().equals(expected.root()) ? null : "state differs";
  }
}
