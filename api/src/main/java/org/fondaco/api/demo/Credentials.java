package org.fondaco.api.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a demo prints and writes for its users. The file says two things: that the folder is a
 * demo's (it exists), and that the demo was made in full (it names users).
 *
 * @param baseUrl where the venue serves, empty before it ever served
 * @param nodes where people outside the venue keep their coins
 */
record Credentials(String baseUrl, List<Entry> users, List<DemoNode> nodes) {

  Credentials {
    // A folder of a venue before custody has none.
    nodes = nodes == null ? List.of() : List.copyOf(nodes);
  }

  /** One user; {@code role} in lower case. */
  record Entry(
      String name, String email, String password, String apiKey, String secretKey, String role) {}

  static final Credentials NONE_YET = new Credentials("", List.of(), List.of());

  private static final JsonMapper JSON = JsonMapper.builder().build();

  boolean complete() {
    return !users.isEmpty();
  }

  Credentials at(String newBaseUrl, List<DemoNode> newNodes) {
    return new Credentials(newBaseUrl, users, newNodes);
  }

  static Credentials read(Path file) throws IOException {
    return JSON.readValue(Files.readAllBytes(file), Credentials.class);
  }

  /** Replaces the file at once and durably; only its owner may read it. */
  void write(Path file) throws IOException {
    byte[] text = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
