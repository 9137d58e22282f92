package org.fondaco.chain.conformance;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A folder of the basic tests, each file of which one method reads. */
record BasicSuite(String name, String folder, Reader reader) implements Suite {
  private static final String ZIP = "ethereum/basic-tests-13.3.zip";

  /** Reads one file of vectors and puts its cases to the test. */
  interface Reader {
    void read(String file, JsonNode json, Cases cases);
  }

  /** One case: null if it passed, else what was wrong. */
  interface Case {
    @Nullable String run() throws Exception;
  }

  @Override
  public String zip() {
    return ZIP;
  }

  @Override
  public void run(Vectors vectors, Listener listener) {
    vectors.eachJson(
        ZIP,
        folder,
        (file, json) -> {
          String stem = file.substring(file.lastIndexOf('/') + 1, file.length() - 5);
          reader.read(stem, json, new Cases(stem, listener));
        });
  }

  /** Runs cases and tells the listener; an exception is a failure. */
  static final class Cases {
    private final String file;
    private final Listener listener;

    Cases(String file, Listener listener) {
      this.file = file;
      this.listener = listener;
    }

    void check(String group, String test, Case body) {
      String name = file + "/" + test;
      if (!listener.begin(group, name)) {
        return;
      }
      String wrong;
      try {
        wrong = body.run();
      } catch (Exception e) {
        wrong = e.toString();
      }
      if (wrong == null) {
        listener.passed(group, name);
      } else {
        listener.failed(group, name, wrong);
      }
    }

    /** Passes if both are equal. */
    void same(String group, String test, Object expected, Callable<?> actual) {
      check(
          group,
          test,
          () -> {
            Object got = actual.call();
            return expected.equals(got) ? null : "expected " + expected + ", got " + got;
          });
    }
  }
}
