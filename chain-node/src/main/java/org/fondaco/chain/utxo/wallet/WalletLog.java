package org.fondaco.chain.utxo.wallet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What of a wallet is not on the chain, a JSON object a line, each on disk before anybody hears of
 * it. A last line without its end was never told of and is cut off. Only the owner may read it.
 */
final class WalletLog implements AutoCloseable {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private final FileChannel channel;
  private final List<JsonNode> entries;

  private WalletLog(FileChannel channel, List<JsonNode> entries) {
    this.channel = channel;
    this.entries = entries;
  }

  /**
   * Opens a file, or makes it.
   *
   * @throws IOException if it cannot be read or is damaged before its last line
   */
  static WalletLog open(Path file) throws IOException {
    boolean fresh = !Files.exists(file);
    Path folder = file.toAbsolutePath().getParent();
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      lock(channel, file);
      if (fresh && folder != null) {
        syncFolder(folder);
      }
      return new WalletLog(channel, read(channel, file));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(FileChannel channel, Path file) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException(file + " is in use", e);
    }
    throw new IOException(file + " is in use by another process");
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static List<JsonNode> read(FileChannel channel, Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<JsonNode> entries = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; at++) {
      if (bytes[at] == '\n') {
        entries.add(entry(Arrays.copyOfRange(bytes, from, at), entries.size(), file));
        from = at + 1;
      }
    }
    channel.truncate(from).position(from);
    return entries;
  }

  private static JsonNode entry(byte[] line, int number, Path file) throws IOException {
    try {
      return MAPPER.readTree(line);
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged in line " + (number + 1), e);
    }
  }

  /** What was in the file when it was opened. */
  List<JsonNode> entries() {
    return entries;
  }

  /** Appends, and returns when it is on disk. */
  void append(JsonNode entry) {
    byte[] line = (MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer = ByteBuffer.wrap(line);
    try {
      long end = channel.position();
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(false);
      } catch (IOException e) {
        // Half a line must not become the beginning of the next one.
        channel.truncate(end);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the wallet's file cannot be written", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
