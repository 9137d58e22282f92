package org.fondaco.chain.wallet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The transaction object that {@code eth_sendTransaction} and its like take; null is what the
 * caller left to the node.
 *
 * @param data must not be changed
 */
@SuppressWarnings("ArrayRecordComponent") // read only
record SendRequest(
    Address from,
    @Nullable Address to,
    @Nullable U256 gas,
    @Nullable U256 gasPrice,
    @Nullable U256 maxFee,
    @Nullable U256 maxPriorityFee,
    U256 value,
    @Nullable U256 nonce,
    byte[] data,
    @Nullable List<Transaction.Access> accessList,
    @Nullable U256 chainId) {

  /**
   * Reads parameter {@code index}.
   *
   * @throws RpcException in geth's words for what is malformed or contradicts itself
   */
  static SendRequest read(Parameters parameters, int index) throws RpcException {
    JsonNode json = parameters.required(index);
    if (!json.isObject()) {
      throw RpcException.invalidParams("invalid argument " + index + ": not an object");
    }
    for (String blob : List.of("blobVersionedHashes", "blobs", "maxFeePerBlobGas")) {
      if (has(json, blob)) {
        throw RpcException.server("blob transactions are not supported");
      }
    }
    if (!has(json, "from")) {
      throw RpcException.invalidParams("invalid argument " + index + ": no from");
    }
    SendRequest request =
        new SendRequest(
            Parameters.address(json.path("from"), index),
            has(json, "to") ? Parameters.address(json.path("to"), index) : null,
            quantity(json, "gas", index, Long.SIZE),
            quantity(json, "gasPrice", index, 256),
            quantity(json, "maxFeePerGas", index, 256),
            quantity(json, "maxPriorityFeePerGas", index, 256),
            has(json, "value") ? Parameters.quantity(json.path("value"), index) : U256.ZERO,
            quantity(json, "nonce", index, Long.SIZE),
            input(json, index),
            has(json, "accessList") ? accessList(json.path("accessList"), index) : null,
            quantity(json, "chainId", index, 256));
    request.check();
    return request;
  }

  SendRequest withGas(U256 filled) {
    return with(filled, gasPrice, maxFee, maxPriorityFee, nonce);
  }

  SendRequest withFees(
      @Nullable U256 gasPrice, @Nullable U256 maxFee, @Nullable U256 maxPriorityFee) {
    return with(gas, gasPrice, maxFee, maxPriorityFee, nonce);
  }

  /** {@code filled} is unsigned. */
  SendRequest withNonce(long filled) {
    return with(gas, gasPrice, maxFee, maxPriorityFee, U256.ofLimbs(filled, 0, 0, 0));
  }

  private SendRequest with(
      @Nullable U256 gas,
      @Nullable U256 gasPrice,
      @Nullable U256 maxFee,
      @Nullable U256 maxPriorityFee,
      @Nullable U256 nonce) {
    return new SendRequest(
        from, to, gas, gasPrice, maxFee, maxPriorityFee, value, nonce, data, accessList, chainId);
  }

  private void check() throws RpcException {
    if (gasPrice != null && (maxFee != null || maxPriorityFee != null)) {
      throw RpcException.server(
          "both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified");
    }
    if (to == null && data.length == 0) {
      throw RpcException.server("contract creation without any data provided");
    }
    if (maxFee != null && maxPriorityFee != null && maxFee.compareTo(maxPriorityFee) < 0) {
      throw RpcException.server(
          "maxFeePerGas (0x%s) < maxPriorityFeePerGas (0x%s)"
              .formatted(
                  maxFee.toBigInteger().toString(16), maxPriorityFee.toBigInteger().toString(16)));
    }
  }

  private static byte[] input(JsonNode json, int index) throws RpcException {
    byte[] input = has(json, "input") ? Parameters.data(json.path("input"), index) : null;
    byte[] data = has(json, "data") ? Parameters.data(json.path("data"), index) : null;
    if (input != null && data != null && !Arrays.equals(input, data)) {
      throw RpcException.server(
          "both \"data\" and \"input\" are set and not equal. Please use \"input\" to pass"
              + " transaction call data");
    }
    if (input != null) {
      return input;
    }
    return data != null ? data : new byte[0];
  }

  private static List<Transaction.Access> accessList(JsonNode json, int index) throws RpcException {
    if (!json.isArray()) {
      throw RpcException.invalidParams("invalid argument " + index + ": accessList is no array");
    }
    List<Transaction.Access> list = new ArrayList<>();
    for (JsonNode entry : json) {
      List<Hash> keys = new ArrayList<>();
      for (JsonNode key : entry.path("storageKeys")) {
        byte[] bytes = Parameters.data(key, index);
        if (bytes.length != Hash.BYTES) {
          throw RpcException.invalidParams(
              "invalid argument " + index + ": a storage key has 32 bytes");
        }
        keys.add(Hash.of(bytes));
      }
      list.add(new Transaction.Access(Parameters.address(entry.path("address"), index), keys));
    }
    return list;
  }

  private static @Nullable U256 quantity(JsonNode json, String name, int index, int bits)
      throws RpcException {
    if (!has(json, name)) {
      return null;
    }
    U256 value = Parameters.quantity(json.path(name), index);
    if (value.bitLength() > bits) {
      throw RpcException.invalidParams(
          "invalid argument " + index + ": " + name + ": hex number > " + bits + " bits");
    }
    return value;
  }

  private static boolean has(JsonNode json, String name) {
    return json.has(name) && !json.path(name).isNull();
  }
}
