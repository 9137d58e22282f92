package org.fondaco.chain.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Vectors of the UTXO chains: the files of a zip whose names begin so, in any folder, each read by
 * one method.
 *
 * @param prefix of the files' names in the zip
 */
record UtxoSuite(String name, String zip, String prefix, Reader reader) implements Suite {
  /** Reads one file of vectors and adds its cases. */
  interface Reader {
    void read(File file, Cases cases);
  }

  /** Reads JSON. */
  interface JsonReader {
    void read(JsonNode json, Cases cases);
  }

  /** A file of a zip. */
  record File(String name, byte[] bytes) {
    JsonNode json() {
      return Vectors.json(bytes);
    }

    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  static UtxoSuite json(String name, String zip, String prefix, JsonReader reader) {
    return new UtxoSuite(name, zip, prefix, (file, cases) -> reader.read(file.json(), cases));
  }

  @Override
  public void run(Vectors vectors, Listener listener) {
    Cases cases = new Cases(listener);
    vectors.eachFile(
        zip,
        prefix,
        (file, bytes) -> {
          reader.read(new File(file, bytes), cases);
          cases.runIfMany();
        });
    cases.run();
  }

  /** One case: null if it passed, else what was wrong. */
  interface Case {
    @Nullable String run() throws Exception;
  }

  /** Collects cases and runs them on all cores; the listener has to be safe for any thread. */
  static final class Cases {
    private static final int BATCH = 2_000;

    private record Named(String group, String test, Case body) {}

    private final Listener listener;
    private final List<Named> waiting = new ArrayList<>();

    Cases(Listener listener) {
      this.listener = listener;
    }

    void check(String group, String test, Case body) {
      waiting.add(new Named(group, test, body));
    }

    /** Passes if both are equal. */
    void same(String group, String test, @Nullable Object expected, Callable<?> actual) {
      check(group, test, () -> difference(expected, actual.call()));
    }

    static @Nullable String difference(@Nullable Object expected, @Nullable Object actual) {
      return Objects.equals(expected, actual) ? null : "expected " + expected + ", got " + actual;
    }

    void runIfMany() {
      if (waiting.size() >= BATCH) {
        run();
      }
    }

    void run() {
      waiting.parallelStream().forEach(this::run);
      waiting.clear();
    }

    private void run(Named named) {
      if (!listener.begin(named.group, named.test)) {
        return;
      }
      String wrong;
      try {
        wrong = named.body.run();
      } catch (Exception e) {
        wrong = e.toString();
      }
      if (wrong == null) {
        listener.passed(named.group, named.test);
      } else {
        listener.failed(named.group, named.test, wrong);
      }
    }
  }
}
