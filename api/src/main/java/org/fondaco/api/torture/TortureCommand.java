package org.fondaco.api.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@code ./fondaco torture} runs: a throwaway venue whose processes are killed while money
 * moves, for as long as one likes. Exits with 1 at the first violation.
 */
public final class TortureCommand {
  private static final String USAGE =
      "usage: ./fondaco torture --minutes N [--seed S] [--data DIR]; DIR is made, and stays";
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;

  private TortureCommand() {}

  /**
   * What was asked for.
   *
   * @param data a folder that is there and empty
   * @param keep whether it stays when all went well
   */
  private record Wish(long minutes, long seed, Path data, boolean keep) {}

  public static void main(String[] arguments) throws InterruptedException {
    int exit;
    try {
      exit = play(wish(List.of(arguments)));
    } catch (IllegalArgumentException e) {
      System.err.println("fondaco: " + e.getMessage());
      exit = EXIT_USAGE;
    } catch (IOException e) {
      System.err.println("fondaco: the torture could not be played: " + e);
      exit = EXIT_FAILED;
    }
    System.exit(exit);
  }

  private static Wish wish(List<String> arguments) throws IOException {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (!List.of("--minutes", "--seed", "--data").contains(name) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(USAGE);
      }
      given.put(name, arguments.get(i + 1));
    }
    if (!given.containsKey("--minutes")) {
      throw new IllegalArgumentException(USAGE);
    }
    long minutes = number(given, "--minutes");
    if (minutes < 1) {
      throw new IllegalArgumentException("--minutes is at least 1");
    }
    long seed = given.containsKey("--seed") ? number(given, "--seed") : new Random().nextInt();
    if (!given.containsKey("--data")) {
      return new Wish(minutes, seed, Files.createTempDirectory("fondaco-torture-"), false);
    }
    Path data = Path.of(Objects.requireNonNull(given.get("--data"))).toAbsolutePath();
    if (Files.exists(data)) {
      throw new IllegalArgumentException(data + " is there already, and a torture begins anew");
    }
    return new Wish(minutes, seed, Files.createDirectories(data), true);
  }

  private static long number(Map<String, String> given, String name) {
    String text = Objects.requireNonNull(given.get(name));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, not " + text, e);
    }
  }

  private static int play(Wish wish) throws IOException, InterruptedException {
    Path venue = wish.data.resolve("venue");
    System.out.println("making a demo venue in " + venue);
    try {
      World.prepare(venue);
      try (Torture torture = new Torture(venue, wish.seed, System.out)) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(wish.minutes);
        torture.play(_ -> System.nanoTime() < end);
      }
    } catch (Violation e) {
      System.out.flush();
      System.err.printf(
          "fondaco: THE TORTURE FOUND A VIOLATION with seed %d: %s%nAll folders and logs stay in"
              + " %s.%n",
          wish.seed, e.getMessage(), wish.data);
      return EXIT_FAILED;
    }
    if (!wish.keep) {
      delete(wish.data);
    }
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
