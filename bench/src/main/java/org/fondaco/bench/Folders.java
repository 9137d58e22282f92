package org.fondaco.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that a row makes and leaves no trace of. */
final class Folders {

  private Folders() {}

  static Path make(Plan plan, String name) throws IOException {
    return Files.createTempDirectory(plan.folder(), name);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Copies the plain files below a folder except those whose path contains a word. */
  static void copy(Path from, Path to, String except) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (!from.relativize(file).toString().contains(except)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
