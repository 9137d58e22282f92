package org.fondaco.house;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.fondaco.house.Sources.Method;
import org.fondaco.house.Sources.Source;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING.md asks of every source file and a machine can check. */
class TidyTest {
  private static final int FILE_LINES_MAX = 400;
  private static final int METHOD_LINES_MAX = 60;
  private static final Set<String> BANNED_PACKAGES =
      Set.of("util", "utils", "common", "commons", "impl", "manager", "helper", "helpers", "misc");

  /**
   * Files and methods (file#method) that are longer, and why that is better than splitting them.
   */
  private static final Map<String, String> LONGER =
      Map.ofEntries(
          entry("EngineEvent.java", "the whole sealed vocabulary in one place"),
          entry("EventCodec.java", "one small method pair an event, all alike"),
          entry("CommandCodec.java", "one small method pair a command, all alike"),
          entry("Journal.java", "segments, group sync and their failures share one state"),
          entry(
              "Interpreter.java#run",
              "the loop over operations, whose locals must stay in registers"),
          entry("ScryptHasher.java#salsa", "sixteen locals that must stay in registers"),
          entry("Blake2F.java#compress", "sixteen locals that must stay in registers"),
          entry("Rejections.java#of", "a table: one row a reason"),
          entry("BindingsTest.java#sent", "a table: one row a call of the console"),
          entry("EventScript.java", "a seeded writer of every event, read from top to bottom"),
          entry("RecomputedReadModel.java#order", "a plain switch over the vocabulary"));

  private static List<Source> sources = List.of();

  @BeforeAll
  static void read() throws IOException {
    sources = Sources.read();
    assertThat(sources).hasSizeGreaterThan(50);
  }

  @Test
  void filesAreASitting() {
    assertThat(
            sources.stream()
                .filter(source -> source.lines().size() > FILE_LINES_MAX)
                .filter(source -> !LONGER.containsKey(fileName(source)))
                .map(source -> source.path() + " has " + source.lines().size() + " lines"))
        .isEmpty();
  }

  @Test
  void methodsFitAScreen() {
    List<String> longer = new ArrayList<>();
    for (Source source : sources) {
      for (Method method : source.methods()) {
        String key = fileName(source) + "#" + method.name();
        if (method.length() > METHOD_LINES_MAX && !LONGER.containsKey(key)) {
          longer.add(source.path() + "#" + method.name() + " has " + method.length() + " lines");
        }
      }
    }
    assertThat(longer).isEmpty();
  }

  @Test
  void theListOfLongerOnesIsNotLongerThanNeeded() {
    Set<String> needed = new TreeSet<>();
    for (Source source : sources) {
      if (source.lines().size() > FILE_LINES_MAX) {
        needed.add(fileName(source));
      }
      for (Method method : source.methods()) {
        if (method.length() > METHOD_LINES_MAX) {
          needed.add(fileName(source) + "#" + method.name());
        }
      }
    }
    assertThat(LONGER.keySet()).isSubsetOf(needed);
  }

  @Test
  void packagesAreNamedAfterWhatTheyDo() {
    assertThat(
            sources.stream()
                .filter(source ->
                    List.of(source.packageName().split("\\.")).stream()
                        .anyMatch(BANNED_PACKAGES::contains))
                .map(Source::path))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    Set<String> marked = new TreeSet<>();
    Set<String> packages = new TreeSet<>();
    for (Source source : sources) {
      if (source.path().endsWith("/package-info.java")) {
        assertThat(source.lines()).as(source.path()).contains("@NullMarked");
        assertThat(source.lines().getFirst()).as(source.path()).startsWith("/**");
        marked.add(source.packageName());
      } else if (source.path().contains("/src/main/java/")) {
        packages.add(source.packageName());
      }
    }
    assertThat(marked).containsAll(packages);
  }

  @Test
  void nothingIsLeftForLater() {
    assertThat(lines(source -> true, Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b")))
        .isEmpty();
  }

  @Test
  void noCodeIsCommentedOut() {
    Pattern code = Pattern.compile("^\\s*//.*(;|\\{|\\)\\s*->)\\s*$");
    assertThat(lines(source -> true, code)).isEmpty();
  }

  @Test
  void noGetPrefix() {
    List<String> getters = new ArrayList<>();
    for (Source source : sources) {
      for (Method method : source.methods()) {
        if (method.name().matches("get[A-Z].*") && !method.overrides()) {
          getters.add(source.path() + "#" + method.name());
        }
      }
    }
    assertThat(getters).isEmpty();
  }

  @Test
  void testsNeitherSleepNorMockNorSkip() {
    Pattern banned =
        Pattern.compile(
            "Thread\\.sl"
                + "eep|TimeUnit\\.[A-Z]+\\.sl"
                + "eep|mock"
                + "ito|@Dis"
                + "abled|assum"
                + "eTrue|assum"
                + "eThat");
    assertThat(lines(Source::isTest, banned)).isEmpty();
  }

  @Test
  void noMachineIsNamed() {
    assertThat(lines(source -> true, Pattern.compile("/wor" + "k/|/ro" + "ot/|/home/[a-z]")))
        .isEmpty();
  }

  private static List<String> lines(Predicate<Source> where, Pattern pattern) {
    List<String> found = new ArrayList<>();
    for (Source source : sources) {
      if (where.test(source)) {
        for (int i = 0; i < source.lines().size(); i++) {
          if (pattern.matcher(source.lines().get(i)).find()) {
            found.add(source.path() + ":" + (i + 1) + ": " + source.lines().get(i).strip());
          }
        }
      }
    }
    return found;
  }

  private static String fileName(Source source) {
    return source.path().substring(source.path().lastIndexOf('/') + 1);
  }
}
