package org.fondaco.chain.abi;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * ABI values as JSON: numbers as decimal text, accounts and bytes as {@code 0x…}, arrays and tuples
 * as arrays. Read more freely: numbers also as {@code 0x…} or JSON integers, tuples also as objects
 * by their members' names.
 */
public final class AbiJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AbiJson() {}

  /**
   * The calldata's arguments for the parameters of a contract's JSON description.
   *
   * @param parameters {@code inputs} or {@code outputs} of an entry
   * @throws IllegalArgumentException if a value does not fit, or a type does not exist
   */
  public static byte[] encode(JsonNode parameters, JsonNode values) {
    if (!values.isArray() || values.size() != parameters.size()) {
      throw new IllegalArgumentException(
          values.size() + " values for " + parameters.size() + " parameters");
    }
    List<AbiType> types = new ArrayList<>();
    List<Object> read = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      types.add(AbiType.ofJson(parameters.path(i)));
      read.add(value(types.getLast(), parameters.path(i), values.path(i)));
    }
    return AbiEncoder.encodeAll(types, read);
  }

  /**
   * The values of {@code data} as an array.
   *
   * @param parameters {@code inputs} or {@code outputs} of an entry
   * @throws IllegalArgumentException if {@code data} is malformed, or a type does not exist
   */
  public static JsonNode decode(JsonNode parameters, byte[] data) {
    List<AbiType> types = new ArrayList<>();
    parameters.forEach(parameter -> types.add(AbiType.ofJson(parameter)));
    return json(AbiDecoder.decodeAll(types, data));
  }

  private static Object value(AbiType type, JsonNode parameter, JsonNode node) {
    return switch (type) {
      case AbiType.Number number -> number(number, node);
      case AbiType.Account _ -> Address.of(bytes(type, node));
      case AbiType.Flag _ -> {
        require(node.isBoolean(), type, node);
        yield node.booleanValue();
      }
      case AbiType.FixedBytes fixed -> padded(fixed, bytes(type, node));
      case AbiType.Bytes _ -> bytes(type, node);
      case AbiType.Text _ -> {
        require(node.isString(), type, node);
        yield node.stringValue();
      }
      case AbiType.Array array -> {
        require(node.isArray(), type, node);
        List<Object> elements = new ArrayList<>();
        node.forEach(each -> elements.add(value(array.element(), parameter, each)));
        yield elements;
      }
      case AbiType.Tuple tuple -> members(tuple, parameter.path("components"), node);
    };
  }

  private static List<Object> members(AbiType.Tuple tuple, JsonNode components, JsonNode node) {
    require(node.isObject() || node.size() == components.size(), tuple, node);
    List<Object> members = new ArrayList<>();
    for (int i = 0; i < components.size(); i++) {
      JsonNode component = components.path(i);
      JsonNode member =
          node.isObject() ? node.path(component.path("name").asString()) : node.path(i);
      members.add(value(tuple.members().get(i), component, member));
    }
    return members;
  }

  private static BigInteger number(AbiType type, JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.bigIntegerValue();
    }
    require(node.isString(), type, node);
    String text = node.stringValue();
    try {
      return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(node + " for " + type, e);
    }
  }

  private static byte[] bytes(AbiType type, JsonNode node) {
    require(node.isString() && node.stringValue().startsWith("0x"), type, node);
    return Hex.decode(node.stringValue());
  }

  /** Shorter bytes are filled with zeros on the right, as web3 does; longer ones do not fit. */
  private static byte[] padded(AbiType.FixedBytes type, byte[] bytes) {
    return bytes.length < type.size() ? Arrays.copyOf(bytes, type.size()) : bytes;
  }

  private static void require(boolean fits, AbiType type, JsonNode node) {
    if (!fits) {
      throw new IllegalArgumentException(node + " for " + type);
    }
  }

  private static JsonNode json(Object value) {
    return switch (value) {
      case Boolean flag -> JSON.booleanNode(flag);
      case byte[] bytes -> JSON.stringNode(Hex.encode(bytes));
      case List<?> list -> {
        var array = JSON.arrayNode();
        list.forEach(each -> array.add(json(each)));
        yield array;
      }
      // Numbers, accounts and text are written as they are.
      default -> JSON.stringNode(value.toString());
    };
  }
}
