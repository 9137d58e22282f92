package org.fondaco.chain.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The genesis files that ship, and those that an operator gives. */
public final class GenesisFiles {
  /** Formatted as it ships: an operator reads and changes it. */
  public static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT)
          .build();

  private GenesisFiles() {}

  /** Proof of work from Spurious Dragon on: a block pays 5 ether, and a laptop finds one. */
  public static ObjectNode walk() {
    return resource("walk-genesis.json");
  }

  /** Instant sealing with a London header and Cancun's machine. */
  public static ObjectNode instant() {
    return resource("instant-genesis.json");
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is no JSON
   */
  public static JsonNode read(Path file) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (!json.isObject()) {
        throw new IOException("invalid genesis file: " + file + " holds no object");
      }
      return json;
    } catch (JacksonException e) {
      throw new IOException("invalid genesis file: " + file + ": " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectNode resource(String name) {
    try (InputStream in = GenesisFiles.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its resource " + name);
      }
      return (ObjectNode) JSON.readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
