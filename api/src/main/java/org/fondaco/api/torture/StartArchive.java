package org.fondaco.api.torture;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * What makes the second start of a process cost half of the first: an archive of classes that the
 * JVM has parsed and verified, made when a process ends cleanly. It takes no folders, so those of
 * the class path are packed first. A JVM that cannot use the archive starts without.
 */
final class StartArchive {
  private static final StartArchive OF_THIS_CLASS_PATH = new StartArchive();

  private final Path folder;
  private final String classPath;

  private StartArchive() {
    try {
      folder = Files.createTempDirectory("fondaco-start-");
      List<String> entries = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        Path path = Path.of(entry);
        if (entry.isEmpty() || !Files.isDirectory(path)) {
          entries.add(entry);
        } else if (!path.endsWith("test-classes")) {
          entries.add(packed(path, folder.resolve(entries.size() + ".jar")).toString());
        }
      }
      classPath = String.join(File.pathSeparator, entries);
    } catch (IOException e) {
      throw new IllegalStateException("cannot pack the class path", e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::delete, "delete-start-archive"));
  }

  private static Path packed(Path from, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(path -> !path.equals(from)).sorted().toList()) {
        String name = from.relativize(path).toString().replace(File.separatorChar, '/');
        if (Files.isDirectory(path)) {
          // Who looks for all resources of a folder looks for the folder first.
          out.putNextEntry(new ZipEntry(name + "/"));
        } else {
          out.putNextEntry(new ZipEntry(name));
          Files.copy(path, out);
        }
        out.closeEntry();
      }
    }
    return jar;
  }

  /** This process's class path without what is only for tests. */
  static String classPath() {
    return OF_THIS_CLASS_PATH.classPath;
  }

  /** Flags of a start: the first that ends cleanly makes the archive, those after it use it. */
  static List<String> flags() {
    Path archive = OF_THIS_CLASS_PATH.folder.resolve("classes.jsa");
    String what = Files.exists(archive) ? "SharedArchiveFile" : "ArchiveClassesAtExit";
    return List.of("-XX:" + what + "=" + archive, "-Xlog:cds=off", "-Xlog:aot=off");
  }

  private void delete() {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // Left to whoever cleans the temporary folder.
      System.getLogger(StartArchive.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot delete " + folder, e);
    }
  }
}
