package org.fondaco.chain.conformance;

import java.util.HashMap;
import java.util.Map;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.MemoryState;
import org.fondaco.chain.state.StoredAccount;
import org.fondaco.chain.transition.BlobGas;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import tools.jackson.databind.JsonNode;

/** Reads the parts that state, VM and blockchain tests share. */
final class TestState {
  private TestState() {}

  static MemoryState accounts(JsonNode json) {
    MemoryState state = new MemoryState();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      Address address = Address.parse(entry.getKey());
      JsonNode account = entry.getValue();
      state.put(
          address,
          new StoredAccount(
              word(account, "nonce").longValue(),
              word(account, "balance"),
              new Code(Hex.decode(account.get("code").asString()))));
      Map<U256, U256> slots = new HashMap<>();
      for (Map.Entry<String, JsonNode> slot : account.get("storage").properties()) {
        slots.put(U256.parse(slot.getKey()), U256.parse(slot.getValue().asString()));
      }
      state.putStorage(address, true, slots);
    }
    return state;
  }

  /** The block of a state test; ancestors have the hashes of their numbers written in decimal. */
  static BlockContext block(JsonNode env, boolean merged) {
    JsonNode excess = env.get("currentExcessBlobGas");
    return new BlockContext(
        Address.parse(env.get("currentCoinbase").asString()),
        word(env, "currentNumber").longValue(),
        word(env, "currentTimestamp").longValue(),
        merged && env.has("currentRandom")
            ? word(env, "currentRandom")
            : word(env, "currentDifficulty"),
        word(env, "currentGasLimit"),
        env.has("currentBaseFee") ? word(env, "currentBaseFee") : U256.ZERO,
        BlobGas.baseFee(excess == null ? 0 : U256.parse(excess.asString()).longValue()),
        1,
        TestState::ancestor);
  }

  private static Hash ancestor(long number) {
    return Keccak.hash(Long.toString(number).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
  }

  static U256 word(JsonNode json, String field) {
    return U256.parse(json.get(field).asString());
  }
}
