package org.fondaco.api;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.config.Settings;
import org.fondaco.engine.host.Quarantine;

/**
 * What {@code ./fondaco engine quarantine} runs on a stopped venue: takes a command that no engine
 * can apply out of every replay, decided by two persons.
 */
public final class QuarantineCommand {
  private static final String USAGE =
      "usage: ./fondaco engine quarantine --sequence N --by NAME --by NAME --reason TEXT [--data DIR]";

  private QuarantineCommand() {}

  /** Takes the options of the usage line; exits with 2 when they or the journal do not fit. */
  public static void main(String[] arguments) {
    try {
      System.out.println(run(Settings.of(System.getenv()), List.of(arguments)));
    } catch (IOException | IllegalArgumentException | StartFailed | Settings.InvalidSetting e) {
      System.err.println("fondaco: " + e.getMessage());
      System.exit(2);
    }
  }

  static String run(Settings settings, List<String> arguments) throws IOException {
    long sequence = 0;
    String reason = "";
    List<String> persons = new ArrayList<>();
    if (arguments.size() % 2 != 0) {
      throw new IllegalArgumentException(USAGE);
    }
    for (int i = 0; i < arguments.size(); i += 2) {
      String value = arguments.get(i + 1);
      switch (arguments.get(i)) {
        case "--sequence" -> sequence = Long.parseLong(value);
        case "--by" -> persons.add(value);
        case "--reason" -> reason = value;
        default -> throw new IllegalArgumentException(USAGE);
      }
    }
    if (sequence <= 0 || persons.size() != 2 || reason.isBlank()) {
      throw new IllegalArgumentException(USAGE);
    }
    try (DataFolder folder = DataFolder.lock(settings.data())) {
      Quarantine.record(
          Venue.hostConfig(settings, folder), sequence, persons.get(0), persons.get(1), reason);
    }
    return "Command "
        + sequence
        + " is quarantined; the next start replays the passing of time instead.";
  }
}
