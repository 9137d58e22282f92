package org.fondaco.chain.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of the basic tests passes but those excluded here by name. */
class BasicSuitesTest {
  private static final Vectors VECTORS = Vectors.located(Path.of("..").toAbsolutePath());

  /** The cases that no part of this node answers, and why. */
  private static final Map<String, String> EXCLUDED =
      Map.of(
          "crypto/aes1", "a cipher of the peer-to-peer layer before RLPx",
          "crypto/ecies1", "ECIES of the peer-to-peer layer before EIP-8",
          "blockgenesistest/0", "a header of thirteen fields from before Frontier",
          "blockgenesistest/1", "a header of thirteen fields from before Frontier",
          "blockgenesistest/2", "a header of thirteen fields from before Frontier");

  private static final class Recorder implements Suite.Listener {
    private final Map<String, Integer> passed = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final List<String> excluded = new ArrayList<>();

    @Override
    public boolean begin(String group, String test) {
      if (EXCLUDED.containsKey(test)) {
        excluded.add(test);
        return false;
      }
      return true;
    }

    @Override
    public void passed(String group, String test) {
      passed.merge(group, 1, Integer::sum);
    }

    @Override
    public void failed(String group, String test, String reason) {
      failures.add(group + " " + test + ": " + reason);
    }
  }

  @TestFactory
  List<DynamicTest> everySuitePasses() {
    return BasicSuites.all().stream()
        .map(suite -> DynamicTest.dynamicTest(suite.name(), () -> check(suite)))
        .toList();
  }

  private static void check(Suite suite) {
    assertThat(VECTORS.has(suite.zip())).as(VECTORS.missing(suite.zip())).isTrue();
    Recorder recorder = new Recorder();
    suite.run(VECTORS, recorder);
    System.out.println(suite.name() + " " + recorder.passed + " excluded " + recorder.excluded);
    assertThat(recorder.failures).isEmpty();
    assertThat(recorder.passed.size() + recorder.excluded.size()).isPositive();
  }
}
