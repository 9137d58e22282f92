package org.fondaco.chain.utxo.rpc;

import java.math.BigDecimal;
import java.util.HexFormat;
import org.fondaco.chain.utxo.wire.Reversed;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameters of a call by position, whether they came by position or by name. */
final class Arguments {
  private static final int COIN_DIGITS = 8;

  private final @Nullable JsonNode[] values;

  private final String wallet;

  /**
   * The parameters of a call.
   *
   * @param wallet that the call is for; empty for the node's own
   */
  Arguments(@Nullable JsonNode[] values, String wallet) {
    this.values = values;
    this.wallet = wallet;
  }

  /** Name of the wallet that the call is for; empty for the node's own. */
  String wallet() {
    return wallet;
  }

  /** Null if it was left out, or is JSON's null. */
  @Nullable JsonNode optional(int index) {
    return index < values.length ? values[index] : null;
  }

  boolean has(int index) {
    return optional(index) != null;
  }

  private JsonNode required(int index) throws CoreException {
    JsonNode value = optional(index);
    if (value == null) {
      throw new CoreException(
          CoreException.TYPE, "JSON value of type null is not of expected type");
    }
    return value;
  }

  JsonNode json(int index) throws CoreException {
    return required(index);
  }

  String text(int index) throws CoreException {
    JsonNode value = required(index);
    if (!value.isString()) {
      throw wrongType(value, "string");
    }
    return value.stringValue();
  }

  String text(int index, String otherwise) throws CoreException {
    return has(index) ? text(index) : otherwise;
  }

  boolean flag(int index, boolean otherwise) throws CoreException {
    JsonNode value = optional(index);
    if (value == null) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrongType(value, "bool");
    }
    return value.booleanValue();
  }

  int integer(int index) throws CoreException {
    JsonNode value = required(index);
    if (!value.isNumber()) {
      throw wrongType(value, "number");
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new CoreException(CoreException.MISC, "JSON integer out of range");
    }
    return value.intValue();
  }

  int integer(int index, int otherwise) throws CoreException {
    return has(index) ? integer(index) : otherwise;
  }

  /** A verbosity: a number, or true and false for 1 and 0. */
  int verbosity(int index, int otherwise) throws CoreException {
    JsonNode value = optional(index);
    return value != null && value.isBoolean()
        ? value.booleanValue() ? 1 : 0
        : integer(index, otherwise);
  }

  /** The name of a block or a transaction, as people write it. */
  Hash hash(int index, String name) throws CoreException {
    return hash(text(index), name);
  }

  static Hash hash(String text, String name) throws CoreException {
    if (text.length() != 64) {
      throw CoreException.parameter(
          name + " must be of length 64 (not " + text.length() + ", for '" + text + "')");
    }
    try {
      return Reversed.parse(text);
    } catch (IllegalArgumentException e) {
      throw CoreException.parameter(name + " must be hexadecimal string (not '" + text + "')");
    }
  }

  byte[] bytes(int index, String name) throws CoreException {
    return bytes(text(index), name);
  }

  static byte[] bytes(String text, String name) throws CoreException {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw CoreException.parameter(name + " must be hexadecimal string (not '" + text + "')");
    }
  }

  /** An amount of coins in satoshi, with at most eight digits behind the point. */
  long amount(int index) throws CoreException {
    return amount(required(index));
  }

  static long amount(JsonNode value) throws CoreException {
    if (!value.isNumber() && !value.isString()) {
      throw new CoreException(CoreException.TYPE, "Amount is not a number or string");
    }
    BigDecimal coins;
    try {
      coins = value.isNumber() ? value.decimalValue() : new BigDecimal(value.stringValue());
      long satoshi = coins.scaleByPowerOfTen(COIN_DIGITS).longValueExact();
      if (satoshi < 0) {
        throw new CoreException(CoreException.TYPE, "Amount out of range");
      }
      return satoshi;
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CoreException(CoreException.TYPE, "Invalid amount");
    }
  }

  static CoreException wrongType(JsonNode value, String expected) {
    return new CoreException(
        CoreException.TYPE,
        "JSON value of type " + type(value) + " is not of expected type " + expected);
  }

  private static String type(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case OBJECT -> "object";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING, BINARY -> "string";
      case NULL, MISSING, POJO -> "null";
    };
  }
}
