package org.fondaco.chain.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fondaco.chain.abi.AbiEncoder;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.word.Hex;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A contract compiled from {@code src/main/solidity} while this module was built: its interface and
 * code, and how to deploy and call it.
 */
public final class Contract {
  private static final int SELECTOR_BYTES = 4;

  /** ERC-20 with six decimals and ERC-2612 approvals; the owner mints. */
  public static final Contract DOLLAR = bundled("Dollar");

  /** As USDT on the main network: no boolean answers, black list, pause, and a fee switch. */
  public static final Contract TETHER = bundled("Tether");

  /** ERC-721 with a royalty for each piece (ERC-2981) and replaceable metadata (ERC-4906). */
  public static final Contract COLLECTIBLE = bundled("Collectible");

  /** ERC-1155 with a royalty for each edition (ERC-2981). */
  public static final Contract EDITIONS = bundled("Editions");

  private static final List<Contract> ALL = List.of(DOLLAR, TETHER, COLLECTIBLE, EDITIONS);

  private final String name;
  private final JsonNode abi;
  private final byte[] bytecode;
  private final byte[] deployedBytecode;

  private Contract(String name, JsonNode abi, byte[] bytecode, byte[] deployedBytecode) {
    this.name = name;
    this.abi = abi;
    this.bytecode = bytecode;
    this.deployedBytecode = deployedBytecode;
  }

  /** Every contract of this module. */
  public static List<Contract> all() {
    return ALL;
  }

  /** The contract of that name, in any case. */
  public static Optional<Contract> named(String name) {
    return ALL.stream().filter(contract -> contract.name.equalsIgnoreCase(name)).findFirst();
  }

  public String name() {
    return name;
  }

  /** The interface as solc writes it: an array of functions, events, errors and the constructor. */
  public JsonNode abi() {
    return abi.deepCopy();
  }

  /** What creates the contract, before the constructor's arguments. */
  public byte[] bytecode() {
    return bytecode.clone();
  }

  /**
   * The code at the contract's address, with zeros where the constructor writes immutable values.
   */
  public byte[] deployedBytecode() {
    return deployedBytecode.clone();
  }

  /** The constructor's parameters, in order. */
  public List<Parameter> constructor() {
    for (JsonNode entry : abi) {
      if (entry.path("type").asString().equals("constructor")) {
        return parameters(entry);
      }
    }
    return List.of();
  }

  /**
   * The data of a transaction that creates the contract.
   *
   * @param arguments of the constructor, as {@link AbiEncoder} wants them
   * @throws IllegalArgumentException if they do not fit the constructor
   */
  public byte[] deployment(List<?> arguments) {
    return join(bytecode, AbiEncoder.encode(types(constructor()), arguments));
  }

  /**
   * The data of a call.
   *
   * @param function its name, or with its types where names are overloaded: {@code
   *     safeTransferFrom(address,address,uint256)}
   * @throws IllegalArgumentException if there is no such function, or more than one, or the
   *     arguments do not fit
   */
  public byte[] call(String function, List<?> arguments) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode entry : abi) {
      if (entry.path("type").asString().equals("function")
          && (entry.path("name").asString().equals(function)
              || signature(entry).equals(function))) {
        found.add(entry);
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.size() + " functions " + function + " in " + name + ", not one");
    }
    JsonNode entry = found.getFirst();
    byte[] hash = Keccak.hash256(signature(entry).getBytes(StandardCharsets.UTF_8));
    return join(
        Arrays.copyOf(hash, SELECTOR_BYTES),
        AbiEncoder.encode(types(parameters(entry)), arguments));
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * A parameter of a function.
   *
   * @param type in the ABI's words
   */
  public record Parameter(String name, String type) {}

  private static Contract bundled(String name) {
    try (InputStream file = Contract.class.getResourceAsStream(name + ".json")) {
      if (file == null) {
        throw new IllegalStateException("the build left out the contract " + name);
      }
      JsonNode json = JsonMapper.shared().readTree(file);
      return new Contract(
          name,
          json.required("abi"),
          Hex.decode(json.required("bytecode").asString()),
          Hex.decode(json.required("deployedBytecode").asString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String signature(JsonNode function) {
    return function.path("name").asString()
        + "("
        + String.join(",", types(parameters(function)))
        + ")";
  }

  private static List<Parameter> parameters(JsonNode entry) {
    List<Parameter> parameters = new ArrayList<>();
    for (JsonNode input : entry.path("inputs")) {
      parameters.add(new Parameter(input.path("name").asString(), input.path("type").asString()));
    }
    return parameters;
  }

  private static List<String> types(List<Parameter> parameters) {
    return parameters.stream().map(Parameter::type).toList();
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] joined = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
