package org.fondaco.chain.rpc;

import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A method's parameters by position, read as the execution-apis specification writes them:
 * quantities without leading zeros, data with two digits a byte. Every accessor throws -32602 in
 * geth's words for what is missing or malformed.
 */
public final class Parameters {
  private final JsonNode array;

  /** {@code array} is an array, or missing or null for no parameters. */
  public Parameters(JsonNode array) {
    this.array = array;
  }

  public int size() {
    return array.isArray() ? array.size() : 0;
  }

  /** The parameter; null if it is missing or JSON's null. */
  public @Nullable JsonNode optional(int index) {
    JsonNode node = array.path(index);
    return node.isMissingNode() || node.isNull() ? null : node;
  }

  public JsonNode required(int index) throws RpcException {
    JsonNode node = optional(index);
    if (node == null) {
      throw RpcException.invalidParams("missing value for required argument " + index);
    }
    return node;
  }

  /** Geth's word for a call with more parameters than the method has. */
  public void atMost(int count) throws RpcException {
    if (size() > count) {
      throw RpcException.invalidParams("too many arguments, want at most " + count);
    }
  }

  public String text(int index) throws RpcException {
    JsonNode node = required(index);
    if (!node.isString()) {
      throw invalid(index, "not a string");
    }
    return node.stringValue();
  }

  public boolean flag(int index) throws RpcException {
    required(index);
    return flag(index, false);
  }

  public boolean flag(int index, boolean otherwise) throws RpcException {
    JsonNode node = optional(index);
    if (node == null) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw invalid(index, "not a boolean");
    }
    return node.booleanValue();
  }

  public Address address(int index) throws RpcException {
    return address(required(index), index);
  }

  public Hash hash(int index) throws RpcException {
    byte[] bytes = data(required(index), index);
    if (bytes.length != Hash.BYTES) {
      throw invalid(index, "hex string has length " + bytes.length * 2 + ", want 64");
    }
    return Hash.of(bytes);
  }

  public byte[] data(int index) throws RpcException {
    return data(required(index), index);
  }

  public U256 quantity(int index) throws RpcException {
    return quantity(required(index), index);
  }

  /** An address anywhere within parameter {@code index}. */
  public static Address address(JsonNode node, int index) throws RpcException {
    byte[] bytes = data(node, index);
    if (bytes.length != Address.BYTES) {
      throw invalid(index, "hex string has length " + bytes.length * 2 + ", want 40");
    }
    return Address.of(bytes);
  }

  /** Bytes anywhere within parameter {@code index}. */
  public static byte[] data(JsonNode node, int index) throws RpcException {
    String text = prefixed(node, index);
    if (text.length() % 2 != 0) {
      throw invalid(index, "hex string of odd length");
    }
    try {
      return Hex.decode(text);
    } catch (IllegalArgumentException e) {
      throw invalid(index, "invalid hex string");
    }
  }

  /** A number of at most 256 bits anywhere within parameter {@code index}. */
  public static U256 quantity(JsonNode node, int index) throws RpcException {
    String text = prefixed(node, index);
    if (text.length() == 2) {
      throw invalid(index, "hex string \"0x\"");
    }
    if (text.length() > 3 && text.charAt(2) == '0') {
      throw invalid(index, "hex number with leading zero digits");
    }
    if (text.length() > 66) {
      throw invalid(index, "hex number > 256 bits");
    }
    try {
      return U256.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(index, "invalid hex string");
    }
  }

  private static String prefixed(JsonNode node, int index) throws RpcException {
    if (!node.isString()) {
      throw invalid(index, "not a string");
    }
    String text = node.stringValue();
    if (!text.startsWith("0x") && !text.startsWith("0X")) {
      throw invalid(index, "hex string without 0x prefix");
    }
    return text;
  }

  private static RpcException invalid(int index, String what) {
    return RpcException.invalidParams("invalid argument " + index + ": " + what);
  }
}
