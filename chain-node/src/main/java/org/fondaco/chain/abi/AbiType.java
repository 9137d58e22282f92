package org.fondaco.chain.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A type of the contract ABI specification. Its text is the canonical one that selectors hash. */
public sealed interface AbiType {
  /** Bytes of one slot. */
  int WORD = 32;

  /** {@code uint8…256} and {@code int8…256}; a value is a {@link java.math.BigInteger}. */
  record Number(boolean signed, int bits) implements AbiType {
    @Override
    public String toString() {
      return (signed ? "int" : "uint") + bits;
    }
  }

  /** {@code address}; a value is an {@link org.fondaco.chain.word.Address}. */
  record Account() implements AbiType {
    @Override
    public String toString() {
      return "address";
    }
  }

  /** {@code bool}; a value is a {@link Boolean}. */
  record Flag() implements AbiType {
    @Override
    public String toString() {
      return "bool";
    }
  }

  /** {@code bytes1…32}; a value is a {@code byte[]} of that size. */
  record FixedBytes(int size) implements AbiType {
    @Override
    public String toString() {
      return "bytes" + size;
    }
  }

  /** {@code bytes}; a value is a {@code byte[]}. */
  record Bytes() implements AbiType {
    @Override
    public String toString() {
      return "bytes";
    }
  }

  /** {@code string}; a value is a {@link String}. */
  record Text() implements AbiType {
    @Override
    public String toString() {
      return "string";
    }
  }

  /** {@code T[n]}, or {@code T[]} without a length; a value is a {@link List}. */
  record Array(AbiType element, OptionalInt length) implements AbiType {
    @Override
    public String toString() {
      return element + "[" + (length.isPresent() ? length.getAsInt() : "") + "]";
    }
  }

  /** {@code (T1,T2,…)}; a value is a {@link List}. */
  record Tuple(List<AbiType> members) implements AbiType {
    public Tuple {
      members = List.copyOf(members);
    }

    @Override
    public String toString() {
      return members.stream().map(AbiType::toString).collect(Collectors.joining(",", "(", ")"));
    }
  }

  /**
   * Reads a type as the specification writes it; {@code uint} and {@code int} mean 256 bits.
   *
   * @throws IllegalArgumentException if there is no such type
   */
  static AbiType parse(String text) {
    return AbiTypeParser.parse(text);
  }

  /**
   * Reads a parameter of a contract's JSON description: {@code type}, and {@code components} where
   * the type is a tuple or an array of tuples.
   *
   * @throws IllegalArgumentException if there is no such type
   */
  static AbiType ofJson(JsonNode parameter) {
    String type = parameter.path("type").asString();
    if (!type.startsWith("tuple")) {
      return parse(type);
    }
    List<AbiType> members = new ArrayList<>();
    parameter.path("components").forEach(component -> members.add(ofJson(component)));
    return AbiTypeParser.arrays(new Tuple(members), type.substring("tuple".length()));
  }

  /** Whether a value's place holds an offset to it instead of itself. */
  default boolean dynamic() {
    return switch (this) {
      case Number _, Account _, Flag _, FixedBytes _ -> false;
      case Bytes _, Text _ -> true;
      case Array array -> array.length().isEmpty() || array.element().dynamic();
      case Tuple tuple -> tuple.members().stream().anyMatch(AbiType::dynamic);
    };
  }

  /**
   * Bytes in the head of what surrounds a value: a word for an offset, else the value's own size.
   *
   * @throws ArithmeticException beyond 2^31
   */
  default int headBytes() {
    if (dynamic()) {
      return WORD;
    }
    return switch (this) {
      case Number _, Account _, Flag _, FixedBytes _, Bytes _, Text _ -> WORD;
      case Array array -> Math.multiplyExact(array.length().orElse(0), array.element().headBytes());
      case Tuple tuple ->
          tuple.members().stream().mapToInt(AbiType::headBytes).reduce(0, Math::addExact);
    };
  }
}
