package org.fondaco.chain.rpc.json;

import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Values as the execution-apis specification writes them: numbers without leading zeros, everything
 * else with two digits a byte.
 */
public final class Quantity {
  private Quantity() {}

  /** An unsigned number. */
  public static StringNode of(long number) {
    return StringNode.valueOf("0x" + Long.toHexString(number));
  }

  public static StringNode of(U256 number) {
    return StringNode.valueOf(number.toString());
  }

  public static StringNode of(Hash hash) {
    return StringNode.valueOf(hash.toString());
  }

  public static StringNode of(byte[] data) {
    return StringNode.valueOf(Hex.encode(data));
  }

  /** In lower case; JSON's null for null. */
  public static JsonNode of(@Nullable Address address) {
    return address == null
        ? JsonNodeFactory.instance.nullNode()
        : StringNode.valueOf(Hex.encode(address.toBytes()));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
