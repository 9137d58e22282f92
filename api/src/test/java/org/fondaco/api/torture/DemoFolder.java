package org.fondaco.api.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Data folders of demo venues. Making one takes seconds, so it is made once, stopped cleanly, and
 * copied.
 */
final class DemoFolder {
  private static Path template = Path.of("");

  private DemoFolder() {}

  /** Makes {@code folder} a copy of a fresh demo venue's, with owners and modes. */
  static synchronized Path at(Path folder) throws IOException, InterruptedException {
    if (template.toString().isEmpty()) {
      template = make();
    }
    Files.createDirectories(folder.toAbsolutePath().getParent());
    run("cp", "-a", template.toString() + "/.", folder.toString());
    return folder;
  }

  private static Path make() throws IOException, InterruptedException {
    Path parent = Files.createTempDirectory("fondaco-torture-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
    Path made = parent.resolve("template");
    try (VenueProcess venue = VenueProcess.start(made, Map.of())) {
      venue.awaitReady();
      venue.sigterm();
      if (venue.awaitExit() != 0) {
        throw new AssertionError("the demo did not stop cleanly:\n" + venue.log());
      }
    }
    return made;
  }

  static void delete(Path folder) {
    try {
      run("rm", "-rf", folder.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
  }
}
