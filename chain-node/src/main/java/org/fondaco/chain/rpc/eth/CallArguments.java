package org.fondaco.chain.rpc.eth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.transition.Call;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A transaction that someone describes instead of signing it; null for what was not given. Fees are
 * in wei a unit of gas.
 *
 * @param input must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read only
public record CallArguments(
    @Nullable Address from,
    @Nullable Address to,
    @Nullable U256 gas,
    @Nullable U256 gasPrice,
    @Nullable U256 maxFee,
    @Nullable U256 maxPriorityFee,
    @Nullable U256 value,
    @Nullable U256 nonce,
    byte @Nullable [] input,
    @Nullable List<Transaction.Access> accessList,
    @Nullable U256 chainId,
    @Nullable U256 maxBlobFee,
    @Nullable List<Hash> blobHashes) {

  /**
   * Reads an object of the specification's GenericTransaction.
   *
   * @param index of the parameter, for messages
   * @throws RpcException for what is malformed or contradicts itself
   */
  public static CallArguments read(JsonNode json, int index) throws RpcException {
    if (!json.isObject()) {
      throw RpcException.invalidParams("invalid argument " + index + ": not an object");
    }
    byte[] data = bytes(json, "data", index);
    byte[] input = bytes(json, "input", index);
    if (data != null && input != null && !Arrays.equals(data, input)) {
      throw RpcException.server(
          "both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass"
              + " transaction call data");
    }
    CallArguments arguments =
        new CallArguments(
            address(json, "from", index),
            address(json, "to", index),
            quantity(json, "gas", index),
            quantity(json, "gasPrice", index),
            quantity(json, "maxFeePerGas", index),
            quantity(json, "maxPriorityFeePerGas", index),
            quantity(json, "value", index),
            quantity(json, "nonce", index),
            input == null ? data : input,
            accessList(json, index),
            quantity(json, "chainId", index),
            quantity(json, "maxFeePerBlobGas", index),
            hashes(json, "blobVersionedHashes", index));
    arguments.checkFees();
    return arguments;
  }

  private void checkFees() throws RpcException {
    if (gasPrice != null && (maxFee != null || maxPriorityFee != null)) {
      throw RpcException.server(
          "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
    }
  }

  /** The same as execution sees it; what was not given is zero, fees included. */
  public Call toCall(long gasLimit) {
    U256 price = gasPrice;
    return new Call(
        type(),
        from == null ? Address.ZERO : from,
        0,
        U256.of(gasLimit),
        to,
        orZero(value),
        input == null ? new byte[0] : input,
        price == null ? orZero(maxFee) : price,
        price == null ? orZero(maxPriorityFee) : price,
        accessList == null ? List.of() : accessList,
        orZero(maxBlobFee),
        blobHashes == null ? List.of() : blobHashes);
  }

  CallArguments withAccessList(List<Transaction.Access> list) {
    return new CallArguments(
        from,
        to,
        gas,
        gasPrice,
        maxFee,
        maxPriorityFee,
        value,
        nonce,
        input,
        list,
        chainId,
        maxBlobFee,
        blobHashes);
  }

  private int type() {
    if (blobHashes != null) {
      return Transaction.BLOB;
    }
    if (maxFee != null || maxPriorityFee != null) {
      return Transaction.DYNAMIC_FEE;
    }
    return accessList == null ? Transaction.LEGACY : Transaction.ACCESS_LIST;
  }

  private static U256 orZero(@Nullable U256 value) {
    return value == null ? U256.ZERO : value;
  }

  private static @Nullable JsonNode field(JsonNode json, String name) {
    return json.hasNonNull(name) ? json.path(name) : null;
  }

  private static @Nullable Address address(JsonNode json, String name, int index)
      throws RpcException {
    JsonNode node = field(json, name);
    return node == null ? null : Parameters.address(node, index);
  }

  private static @Nullable U256 quantity(JsonNode json, String name, int index)
      throws RpcException {
    JsonNode node = field(json, name);
    return node == null ? null : Parameters.quantity(node, index);
  }

  private static byte @Nullable [] bytes(JsonNode json, String name, int index)
      throws RpcException {
    JsonNode node = field(json, name);
    return node == null ? null : Parameters.data(node, index);
  }

  private static @Nullable List<Hash> hashes(JsonNode json, String name, int index)
      throws RpcException {
    JsonNode node = field(json, name);
    if (node == null) {
      return null;
    }
    List<Hash> hashes = new ArrayList<>();
    for (JsonNode hash : node) {
      hashes.add(BlockViews.hash(hash, index));
    }
    return List.copyOf(hashes);
  }

  private static @Nullable List<Transaction.Access> accessList(JsonNode json, int index)
      throws RpcException {
    JsonNode node = field(json, "accessList");
    if (node == null) {
      return null;
    }
    List<Transaction.Access> list = new ArrayList<>();
    for (JsonNode entry : node) {
      Address address = Parameters.address(entry.path("address"), index);
      List<Hash> keys = hashes(entry, "storageKeys", index);
      list.add(new Transaction.Access(address, keys == null ? List.of() : keys));
    }
    return List.copyOf(list);
  }
}
