package org.fondaco.chain.wallet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a transaction of a request: what the caller left out is what the node itself advises. */
final class TransactionFiller {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final U256 TWO = U256.of(2);
  private static final Transaction.Signature UNSIGNED =
      new Transaction.Signature(0, U256.ZERO, U256.ZERO);

  /** Geth's {@code --rpc.txfeecap}: a slip of the hand shall not cost more than one ether. */
  private static final BigInteger FEE_MAX_WEI = BigInteger.TEN.pow(18);

  private final Blockchain chain;
  private final Methods methods;

  /**
   * @param methods whose {@code eth_estimateGas}, {@code eth_gasPrice} and {@code
   *     eth_maxPriorityFeePerGas} advise, so that a caller who asks them first gets the same
   */
  TransactionFiller(Blockchain chain, Methods methods) {
    this.chain = chain;
    this.methods = methods;
  }

  /** The request with fees and gas; the nonce is left as it is. */
  SendRequest filled(SendRequest request, RpcMethod.Caller caller) throws RpcException {
    checkChain(request);
    SendRequest priced = withFees(request, caller);
    return priced.gas() != null ? priced : priced.withGas(estimate(priced, caller));
  }

  /**
   * The unsigned transaction of a request that has gas, fees and nonce.
   *
   * @throws RpcException in geth's words if one is missing
   */
  Transaction unsigned(SendRequest request) throws RpcException {
    checkChain(request);
    if (request.gas() == null) {
      throw RpcException.server("gas not specified");
    }
    boolean dynamic = request.gasPrice() == null;
    U256 maxFee = dynamic ? request.maxFee() : request.gasPrice();
    U256 maxPriorityFee = dynamic ? request.maxPriorityFee() : request.gasPrice();
    if (maxFee == null || maxPriorityFee == null) {
      throw RpcException.server("missing gasPrice or maxFeePerGas/maxPriorityFeePerGas");
    }
    if (request.nonce() == null) {
      throw RpcException.server("nonce not specified");
    }
    int type;
    if (dynamic) {
      type = Transaction.DYNAMIC_FEE;
    } else {
      type = request.accessList() != null ? Transaction.ACCESS_LIST : Transaction.LEGACY;
    }
    Transaction transaction =
        new Transaction(
            type,
            U256.of(chain.config().chainId()),
            request.nonce().longValue(),
            maxPriorityFee,
            maxFee,
            request.gas().longValue(),
            request.to(),
            request.value(),
            request.data(),
            request.accessList() == null ? List.of() : request.accessList(),
            U256.ZERO,
            List.of(),
            UNSIGNED);
    checkFee(transaction);
    return transaction;
  }

  private static void checkFee(Transaction transaction) throws RpcException {
    BigInteger fee =
        transaction
            .maxFee()
            .toBigInteger()
            .multiply(new BigInteger(Long.toUnsignedString(transaction.gasLimit())));
    if (fee.compareTo(FEE_MAX_WEI) > 0) {
      throw RpcException.server(
          "tx fee (%s ether) exceeds the configured cap (1.00 ether)"
              .formatted(new BigDecimal(fee, 18).setScale(2, RoundingMode.HALF_UP)));
    }
  }

  private void checkChain(SendRequest request) throws RpcException {
    U256 ours = U256.of(chain.config().chainId());
    if (request.chainId() != null && !request.chainId().equals(ours)) {
      throw RpcException.server(
          "chainId does not match node's (have=%s, want=%s)"
              .formatted(request.chainId().toBigInteger(), ours.toBigInteger()));
    }
  }

  private SendRequest withFees(SendRequest request, RpcMethod.Caller caller) throws RpcException {
    U256 baseFee = chain.head().baseFee();
    boolean dynamic = request.maxFee() != null || request.maxPriorityFee() != null;
    if (baseFee == null) {
      if (dynamic) {
        throw RpcException.server(
            "maxFeePerGas and maxPriorityFeePerGas are not valid before London is active");
      }
      return request.gasPrice() != null
          ? request
          : request.withFees(advised("eth_gasPrice", caller), null, null);
    }
    if (request.gasPrice() != null) {
      if (request.gasPrice().isZero()) {
        throw RpcException.server("gasPrice must be non-zero after london fork");
      }
      return request;
    }
    if (request.maxFee() != null && request.maxFee().isZero()) {
      throw RpcException.server("maxFeePerGas must be non-zero");
    }
    U256 tip = request.maxPriorityFee();
    if (tip == null) {
      tip = advised("eth_maxPriorityFeePerGas", caller);
      if (request.maxFee() != null && request.maxFee().compareTo(tip) < 0) {
        tip = request.maxFee(); // advice must not make a request of its own contradict itself
      }
    }
    U256 maxFee = request.maxFee() != null ? request.maxFee() : baseFee.multiply(TWO).add(tip);
    return request.withFees(null, maxFee, tip);
  }

  private U256 estimate(SendRequest request, RpcMethod.Caller caller) throws RpcException {
    ObjectNode call = JSON.createObjectNode();
    call.put("from", request.from().toString());
    if (request.to() != null) {
      call.put("to", request.to().toString());
    }
    put(call, "gasPrice", request.gasPrice());
    put(call, "maxFeePerGas", request.maxFee());
    put(call, "maxPriorityFeePerGas", request.maxPriorityFee());
    put(call, "value", request.value());
    call.put("input", Hex.encode(request.data()));
    if (request.accessList() != null) {
      ArrayNode list = call.putArray("accessList");
      for (Transaction.Access access : request.accessList()) {
        ArrayNode keys =
            list.addObject().put("address", access.address().toString()).putArray("storageKeys");
        access.keys().forEach(key -> keys.add(key.toString()));
      }
    }
    return advised("eth_estimateGas", caller, call, JSON.getNodeFactory().stringNode("pending"));
  }

  private static void put(ObjectNode node, String name, @Nullable U256 value) {
    if (value != null) {
      node.put(name, "0x" + value.toBigInteger().toString(16));
    }
  }

  private U256 advised(String method, RpcMethod.Caller caller, JsonNode... parameters)
      throws RpcException {
    RpcMethod advisor = methods.find(method);
    if (advisor == null) {
      throw new RpcException(RpcException.INTERNAL, "the node has no " + method);
    }
    ArrayNode array = JSON.createArrayNode();
    array.addAll(List.of(parameters));
    JsonNode answer = advisor.call(new Parameters(array), caller);
    if (answer == null) {
      throw new RpcException(RpcException.INTERNAL, method + " gave nothing");
    }
    return Parameters.quantity(answer, 0);
  }
}
