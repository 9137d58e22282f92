package org.fondaco.chain.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.fondaco.chain.store.PrivateFolder;
import org.fondaco.chain.word.Address;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Key files on disk, one a key, named as geth names them: {@code UTC--<time>--<address>}. Files
 * that are no key are passed over, as geth does: the folder is the user's.
 */
final class KeyFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** No key file is longer; what is, is not read. */
  private static final long FILE_BYTES_MAX = 64 * 1024;

  private final Path folder;

  /** What was read, by file, so that a folder of thousands is parsed once. */
  private final Map<Path, Seen> seen = new HashMap<>();

  private record Seen(long bytes, FileTime modified, @Nullable Address address) {}

  KeyFolder(Path folder) {
    this.folder = folder;
  }

  /** Every key by its file, in the order of the names. */
  synchronized Map<Path, Address> list() {
    Map<Path, Address> keys = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, KeyFolder::isCandidate)) {
      for (Path file : files) {
        Address address = address(file);
        if (address != null) {
          keys.put(file, address);
        }
      }
    } catch (NoSuchFileException e) {
      seen.clear();
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the keystore " + folder, e);
    }
    seen.keySet().retainAll(keys.keySet());
    return keys;
  }

  /** The files that hold a key: none, one, or several that someone copied. */
  List<Path> files(Address address) {
    return list().entrySet().stream()
        .filter(entry -> entry.getValue().equals(address))
        .map(Map.Entry::getKey)
        .toList();
  }

  String read(Path file) throws IOException {
    return Files.readString(file);
  }

  /** Writes a new file; who sees it sees all of it, also after a crash. */
  Path add(Address address, String content) {
    Path file =
        folder.resolve(
            "UTC--" + TIME.format(Instant.now()) + "--" + address.toString().substring(2));
    replace(file, content);
    return file;
  }

  void replace(Path file, String content) {
    try {
      if (!Files.isDirectory(folder)) {
        PrivateFolder.create(folder);
      }
      Path temporary =
          Files.createTempFile(
              folder,
              "." + file.getFileName(),
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
          channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(folder)) {
          names.force(true); // or the name might not survive
        }
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the key file " + file, e);
    }
  }

  private @Nullable Address address(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Seen last = seen.get(file);
    if (last != null
        && last.bytes == attributes.size()
        && last.modified.equals(attributes.lastModifiedTime())) {
      return last.address;
    }
    Address address = null;
    if (attributes.isRegularFile() && attributes.size() <= FILE_BYTES_MAX) {
      address = addressIn(file);
    }
    seen.put(file, new Seen(attributes.size(), attributes.lastModifiedTime(), address));
    return address;
  }

  private static @Nullable Address addressIn(Path file) throws IOException {
    try {
      JsonNode address = JSON.readTree(Files.readAllBytes(file)).path("address");
      return address.isString() ? Address.parse(address.stringValue()) : null;
    } catch (JacksonException | IllegalArgumentException e) {
      return null;
    }
  }

  /** Geth passes over hidden files and editors' backups. */
  private static boolean isCandidate(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".") && !name.endsWith("~") && Files.isRegularFile(file);
  }
}
