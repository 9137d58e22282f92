package org.fondaco.api;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.api.config.Settings;
import org.fondaco.api.story.Story;
import org.fondaco.api.story.StoryFailed;

/**
 * What {@code ./fondaco reconcile} runs: a reconciliation of a venue that serves, printed as a
 * table. Exits with 1 when an asset does not add up.
 */
public final class ReconcileCommand {
  private static final String USAGE =
      "usage: ./fondaco reconcile [--base-url URL] [--credentials FILE]";
  private static final int EXIT_BREAK = 1;
  private static final int EXIT_USAGE = 2;

  private ReconcileCommand() {}

  public static void main(String[] arguments) {
    try {
      run(Settings.of(System.getenv()), List.of(arguments));
    } catch (IllegalArgumentException | Settings.InvalidSetting | IOException e) {
      System.err.println("fondaco: " + e.getMessage());
      System.exit(EXIT_USAGE);
    } catch (StoryFailed e) {
      System.err.println("fondaco: THE BOOKS DO NOT AGREE: " + e.getMessage());
      System.exit(EXIT_BREAK);
    }
  }

  private static void run(Settings settings, List<String> arguments) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      if (!List.of("--base-url", "--credentials").contains(arguments.get(i))
          || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(USAGE);
      }
      given.put(arguments.get(i), arguments.get(i + 1));
    }
    Path credentials =
        given.containsKey("--credentials")
            ? Path.of(given.get("--credentials"))
            : settings.data().resolve(Settings.DEMO_CREDENTIALS);
    String url = given.get("--base-url");
    Story.reconcile(url == null ? null : URI.create(url), credentials, System.out);
  }
}
