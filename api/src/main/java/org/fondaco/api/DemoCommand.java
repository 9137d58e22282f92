package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.fondaco.api.config.Settings;
import org.fondaco.api.story.Story;
import org.fondaco.api.story.StoryFailed;
import org.fondaco.db.postgres.PostgresException;
import org.fondaco.engine.host.RecoveryFailed;

/**
 * What {@code ./fondaco demo} runs: the whole story, on a venue of its own in a folder that is
 * thrown away, or on one that serves. Exits with 1 when the story does not end as it must.
 */
public final class DemoCommand {
  private static final String USAGE =
      "usage: ./fondaco demo [--base-url URL --credentials FILE] [--keep]";
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  private DemoCommand() {}

  public static void main(String[] arguments) {
    int exit;
    try {
      run(List.of(arguments));
      exit = 0;
    } catch (IllegalArgumentException e) {
      System.err.println("fondaco: " + e.getMessage());
      exit = EXIT_USAGE;
    } catch (StoryFailed
        | StartFailed
        | PostgresException
        | RecoveryFailed
        | Settings.InvalidSetting
        | IOException e) {
      System.err.println("fondaco: THE STORY FAILED: " + e.getMessage());
      exit = EXIT_FAILED;
    }
    System.exit(exit);
  }

  private static void run(List<String> arguments) throws IOException {
    Map<String, String> given = new HashMap<>();
    boolean keep = false;
    for (int i = 0; i < arguments.size(); i++) {
      switch (arguments.get(i)) {
        case "--keep" -> keep = true;
        case "--base-url", "--credentials" -> {
          if (i + 1 == arguments.size()) {
            throw new IllegalArgumentException(USAGE);
          }
          given.put(arguments.get(i), arguments.get(++i));
        }
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    String url = given.get("--base-url");
    String credentials = given.get("--credentials");
    if (url != null && credentials != null) {
      Story.play(URI.create(url), Path.of(credentials), System.out);
    } else if (url == null && credentials == null) {
      onItsOwn(keep);
    } else {
      throw new IllegalArgumentException(USAGE);
    }
  }

  private static void onItsOwn(boolean keep) throws IOException {
    Path folder = Files.createTempDirectory("fondaco-demo");
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("FONDACO_DATA", folder.toString());
    environment.put("FONDACO_PORT", "0");
    environment.put("FONDACO_DEMO", "on");
    environment.put("FONDACO_SIMULATOR", "off");
    System.out.println("starting a venue in " + folder);
    try (Venue venue = Venue.start(Settings.of(environment))) {
      Story.play(venue.address(), folder.resolve(Settings.DEMO_CREDENTIALS), System.out);
    } finally {
      if (keep) {
        System.out.println("the venue's data stays in " + folder);
      } else {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
