package org.fondaco.chain.typed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.fondaco.chain.crypto.Keccak;
import tools.jackson.databind.JsonNode;

/**
 * Typed structured data, as {@code eth_signTypedData_v4} takes it (EIP-712). A struct that is null
 * or absent counts as 32 zero bytes, as wallets have it, so that types may be recursive.
 */
public final class TypedData {
  private static final String DOMAIN = "EIP712Domain";

  /** EIP-712: the domain's possible fields, in their order. */
  private static final List<Field> DOMAIN_FIELDS =
      List.of(
          new Field("name", "string"),
          new Field("version", "string"),
          new Field("chainId", "uint256"),
          new Field("verifyingContract", "address"),
          new Field("salt", "bytes32"));

  private final Map<String, List<Field>> types;
  private final String primaryType;
  private final JsonNode domain;
  private final JsonNode message;

  private record Field(String name, String type) {
    /** The type without its brackets. */
    String base() {
      int bracket = type.indexOf('[');
      return bracket < 0 ? type : type.substring(0, bracket);
    }
  }

  private TypedData(
      Map<String, List<Field>> types, String primaryType, JsonNode domain, JsonNode message) {
    this.types = types;
    this.primaryType = primaryType;
    this.domain = domain;
    this.message = message;
  }

  /**
   * Reads {@code types}, {@code primaryType}, {@code domain} and {@code message}.
   *
   * @throws IllegalArgumentException if one is missing or types are not what they must be
   */
  public static TypedData read(JsonNode json) {
    for (String part : List.of("types", "domain", "message")) {
      if (!json.path(part).isObject()) {
        throw new IllegalArgumentException("typed data: " + part + " is not an object");
      }
    }
    if (!json.path("primaryType").isString()) {
      throw new IllegalArgumentException("typed data: primaryType is not a string");
    }
    Map<String, List<Field>> types = new LinkedHashMap<>();
    json.path("types")
        .properties()
        .forEach(entry -> types.put(entry.getKey(), fields(entry.getKey(), entry.getValue())));
    JsonNode domain = json.path("domain");
    types.computeIfAbsent(
        DOMAIN, name -> DOMAIN_FIELDS.stream().filter(field -> domain.has(field.name)).toList());
    TypedData data =
        new TypedData(types, json.path("primaryType").asString(), domain, json.path("message"));
    data.checkTypes();
    return data;
  }

  /** What is signed: Keccak of 0x1901, the domain separator and the message's hash. */
  public byte[] digest() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0x19);
    out.write(0x01);
    out.writeBytes(domainSeparator());
    if (!primaryType.equals(DOMAIN)) {
      out.writeBytes(hashStruct(primaryType, message));
    }
    return Keccak.hash256(out.toByteArray());
  }

  byte[] domainSeparator() {
    return hashStruct(DOMAIN, domain);
  }

  /** The type's text, then those it refers to in alphabetical order. */
  String encodeType(String name) {
    TreeSet<String> referred = new TreeSet<>();
    collect(name, referred);
    referred.remove(name);
    StringBuilder text = new StringBuilder(signature(name));
    referred.forEach(other -> text.append(signature(other)));
    return text.toString();
  }

  private void collect(String name, TreeSet<String> into) {
    if (types.containsKey(name) && into.add(name)) {
      fieldsOf(name).forEach(field -> collect(field.base(), into));
    }
  }

  private String signature(String name) {
    return fieldsOf(name).stream()
        .map(field -> field.type + " " + field.name)
        .collect(Collectors.joining(",", name + "(", ")"));
  }

  private byte[] hashStruct(String name, JsonNode value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(Keccak.hash256(encodeType(name).getBytes(StandardCharsets.UTF_8)));
    for (Field field : fieldsOf(name)) {
      out.writeBytes(encode(field.type, value.path(field.name), name + "." + field.name));
    }
    return Keccak.hash256(out.toByteArray());
  }

  /** The 32 bytes that stand for a value. */
  private byte[] encode(String type, JsonNode value, String where) {
    if (type.endsWith("]")) {
      return encodeArray(type, value, where);
    }
    if (!types.containsKey(type)) {
      return AtomicValue.encode(type, value, where);
    }
    if (value.isMissingNode() || value.isNull()) {
      return new byte[32];
    }
    if (!value.isObject()) {
      throw new IllegalArgumentException(where + " is not an object of type " + type);
    }
    return hashStruct(type, value);
  }

  private byte[] encodeArray(String type, JsonNode value, String where) {
    int bracket = type.lastIndexOf('[');
    String length = type.substring(bracket + 1, type.length() - 1);
    if (!value.isArray()) {
      throw new IllegalArgumentException(where + " is not an array of type " + type);
    }
    if (!length.isEmpty() && !length.equals(Integer.toString(value.size()))) {
      throw new IllegalArgumentException(where + " has " + value.size() + " elements for " + type);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < value.size(); i++) {
      out.writeBytes(encode(type.substring(0, bracket), value.get(i), where + "[" + i + "]"));
    }
    return Keccak.hash256(out.toByteArray());
  }

  private List<Field> fieldsOf(String name) {
    List<Field> fields = types.get(name);
    if (fields == null) {
      throw new IllegalArgumentException("typed data: no type " + name);
    }
    return fields;
  }

  private static List<Field> fields(String type, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException("typed data: type " + type + " is not an array");
    }
    List<Field> fields = new ArrayList<>();
    for (JsonNode field : list) {
      if (!field.path("name").isString() || !field.path("type").isString()) {
        throw new IllegalArgumentException(
            "typed data: a field of " + type + " has no name or no type");
      }
      fields.add(new Field(field.path("name").asString(), field.path("type").asString()));
    }
    return fields;
  }

  private void checkTypes() {
    fieldsOf(primaryType);
    types.forEach((name, fields) -> {
      if (AtomicValue.isAtomic(name)) {
        throw new IllegalArgumentException("typed data: " + name + " is a type of the language");
      }
      for (Field field : fields) {
        if (!field.type.matches("[A-Za-z_$][A-Za-z0-9_$:]*(\\[[0-9]*])*")
            || !types.containsKey(field.base()) && !AtomicValue.isAtomic(field.base())) {
          throw new IllegalArgumentException(
              "typed data: unknown type " + field.type + " of " + name + "." + field.name);
        }
      }
    });
  }
}
