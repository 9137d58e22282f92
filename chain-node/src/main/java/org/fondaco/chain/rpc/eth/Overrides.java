package org.fondaco.chain.rpc.eth;

import java.util.Map;
import java.util.Set;
import org.fondaco.chain.evm.BlockContext;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.state.Code;
import org.fondaco.chain.state.WorldState;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a simulated call finds other than it is: the state and block overrides of {@code eth_call}.
 *
 * @param stateIndex of the parameter, for messages; that of the block follows it
 */
public record Overrides(@Nullable JsonNode state, @Nullable JsonNode block, int stateIndex) {
  private static final Set<String> ACCOUNT_FIELDS =
      Set.of("balance", "nonce", "code", "state", "stateDiff");

  static Overrides read(Parameters parameters, int stateIndex) throws RpcException {
    JsonNode state = parameters.optional(stateIndex);
    JsonNode block = parameters.optional(stateIndex + 1);
    if (state != null && !state.isObject() || block != null && !block.isObject()) {
      throw RpcException.invalidParams("invalid argument " + stateIndex + ": not an object");
    }
    return new Overrides(state, block, stateIndex);
  }

  /** Changes the state before the call. */
  public void apply(WorldState world) throws RpcException {
    if (state == null) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : state.properties()) {
      Address address;
      try {
        address = Address.parse(entry.getKey());
      } catch (IllegalArgumentException e) {
        throw RpcException.invalidParams(
            "invalid argument " + stateIndex + ": invalid address " + entry.getKey());
      }
      apply(world, address, entry.getValue());
    }
    world.endTransaction(false);
  }

  private void apply(WorldState world, Address address, JsonNode account) throws RpcException {
    for (Map.Entry<String, JsonNode> field : account.properties()) {
      if (!ACCOUNT_FIELDS.contains(field.getKey())) {
        throw RpcException.invalidParams("state override " + field.getKey() + " is not supported");
      }
    }
    if (account.hasNonNull("state") && account.hasNonNull("stateDiff")) {
      throw RpcException.server("account " + address + " has both 'state' and 'stateDiff'");
    }
    if (account.hasNonNull("state")) {
      world.create(address); // forgets the storage and keeps the rest
      store(world, address, account.path("state"));
    }
    store(world, address, account.path("stateDiff"));
    if (account.hasNonNull("nonce")) {
      world.setNonce(address, Parameters.quantity(account.path("nonce"), stateIndex).longValue());
    }
    if (account.hasNonNull("code")) {
      world.setCode(address, new Code(Parameters.data(account.path("code"), stateIndex)));
    }
    if (account.hasNonNull("balance")) {
      U256 balance = Parameters.quantity(account.path("balance"), stateIndex);
      world.subtractBalance(address, world.balance(address));
      world.addBalance(address, balance);
    }
  }

  private void store(WorldState world, Address address, JsonNode slots) throws RpcException {
    for (Map.Entry<String, JsonNode> slot : slots.properties()) {
      U256 key;
      try {
        key = U256.parse(slot.getKey());
      } catch (IllegalArgumentException e) {
        throw RpcException.invalidParams(
            "invalid argument " + stateIndex + ": invalid storage key " + slot.getKey());
      }
      byte[] value = Parameters.data(slot.getValue(), stateIndex);
      if (value.length > U256.BYTES) {
        throw RpcException.invalidParams(
            "invalid argument " + stateIndex + ": storage values have at most 32 bytes");
      }
      world.setStorage(address, key, U256.fromBytes(value));
    }
  }

  /** The block's surroundings as the call is to find them. */
  public BlockContext apply(BlockContext context) throws RpcException {
    if (block == null) {
      return context;
    }
    Address coinbase = context.coinbase();
    long number = context.number();
    long time = context.time();
    U256 difficulty = context.difficulty();
    U256 gasLimit = context.gasLimit();
    U256 baseFee = context.baseFee();
    U256 blobBaseFee = context.blobBaseFee();
    int index = stateIndex + 1;
    for (Map.Entry<String, JsonNode> field : block.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull()) {
        continue;
      }
      switch (field.getKey()) {
        case "coinbase", "feeRecipient" -> coinbase = Parameters.address(value, index);
        case "number" -> number = BlockViews.number(value, index);
        case "time" -> time = BlockViews.number(value, index);
        case "difficulty" -> difficulty = Parameters.quantity(value, index);
        case "random", "prevRandao" -> difficulty = BlockViews.hash(value, index).toWord();
        case "gasLimit" -> gasLimit = Parameters.quantity(value, index);
        case "baseFee", "baseFeePerGas" -> baseFee = Parameters.quantity(value, index);
        case "blobBaseFee" -> blobBaseFee = Parameters.quantity(value, index);
        default ->
            throw RpcException.invalidParams(
                "block override " + field.getKey() + " is not supported");
      }
    }
    return new BlockContext(
        coinbase,
        number,
        time,
        difficulty,
        gasLimit,
        baseFee,
        blobBaseFee,
        context.chainId(),
        context.ancestors());
  }
}
