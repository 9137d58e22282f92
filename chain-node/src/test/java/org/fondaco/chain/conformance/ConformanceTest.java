package org.fondaco.chain.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The official vectors, where they are; {@code ./fondaco conformance} runs the same. */
class ConformanceTest {
  private static final Set<String> FILES_THAT_ZIPS_MAY_LACK =
      Set.of("tx-invalid", "bch-tx-invalid");
  private static final Vectors VECTORS =
      Vectors.located(Path.of("..").toAbsolutePath().normalize());

  @TestFactory
  Stream<DynamicTest> everyOfficialCasePasses() {
    return Stream.concat(Conformance.suites().stream(), UtxoSuites.all().stream())
        .filter(ConformanceTest::isThere)
        .map(suite ->
            DynamicTest.dynamicTest(
                suite.name(),
                () -> {
                  Tally tally = new Tally(suite.name(), Conformance.exclusions(), System.err);
                  try (tally) {
                    suite.run(VECTORS, tally);
                  }
                  tally
                      .groups()
                      .forEach((group, count) ->
                          System.out.printf(
                              "%s %s: %d run, %d passed, %d excluded%n",
                              suite.name(), group, count.run, count.passed, count.excluded));
                  assertThat(tally.failures()).isEmpty();
                  if (!FILES_THAT_ZIPS_MAY_LACK.contains(suite.name())) {
                    assertThat(tally.groups()).isNotEmpty();
                  }
                  assertThat(tally.allPassed()).isTrue();
                }));
  }

  private static boolean isThere(Suite suite) {
    boolean there = VECTORS.has(suite.zip());
    if (!there) {
      System.err.println(suite.name() + " does not run: " + VECTORS.missing(suite.zip()));
    }
    return there;
  }

  @Test
  void withoutVectorsTheCommandSaysWhereTheyBelongAndFails(@TempDir Path empty) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    boolean passed =
        Conformance.run(
            new Vectors(empty),
            Conformance.suites(),
            List.of("vm-tests"),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    assertThat(passed).isFalse();
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains("FONDACO_VECTORS", "legacy-constantinople-state-and-vm.zip");
  }

  @Test
  void aFailureFailsAndAnExclusionIsCounted() {
    ByteArrayOutputStream live = new ByteArrayOutputStream();
    Tally tally = new Tally("suite", Map.of("suite/one", "because"), new PrintStream(live, true));
    assertThat(tally.begin("London", "one")).isFalse();
    assertThat(tally.begin("London", "two")).isTrue();
    tally.passed("London", "two");
    assertThat(tally.allPassed()).isTrue();
    tally.failed("London", "three", "root differs");
    assertThat(tally.allPassed()).isFalse();
    assertThat(tally.failures()).containsExactly("London three: root differs");
    assertThat(tally.groups().get("London"))
        .extracting("run", "passed", "excluded")
        .containsExactly(2, 1, 1);
  }

  @Test
  void whatCannotBeReadFails(@TempDir Path folder) throws IOException {
    String suite = "state-tests-13.3";
    Path zip = folder.resolve("ethereum/" + suite + ".zip");
    Files.createDirectories(zip.getParent());
    try (ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(zip))) {
      String test = "{'a': {'pre': {}, 'post': {'Amsterdam': [{}]}}, 'b': {}, 'c': {'pre': {}}}";
      output.putNextEntry(new ZipEntry("GeneralStateTests/one.json"));
      output.write(test.replace("'", "\"").getBytes(StandardCharsets.UTF_8));
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    boolean passed =
        Conformance.run(
            new Vectors(folder),
            Conformance.suites(),
            List.of(suite),
            new PrintStream(output, true, StandardCharsets.UTF_8));
    assertThat(passed).isFalse();
    assertThat(output.toString(StandardCharsets.UTF_8))
        .contains(
            "no such fork: Amsterdam", "one.json:b", "one.json:c", "3 cases run, not all passed");
  }
}
