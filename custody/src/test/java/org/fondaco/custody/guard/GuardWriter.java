package org.fondaco.custody.guard;

import java.nio.file.Path;
import java.util.List;
import org.fondaco.custody.key.Digest;

/** Appends entries for ever and prints each when it is acknowledged. */
final class GuardWriter {
  /** Ends a line, so that one that was cut by the kill is not taken for another. */
  static final String WHOLE = ";";

  private GuardWriter() {}

  public static void main(String[] arguments) throws Exception {
    try (Guard guard = Guard.open(Path.of(arguments[0]))) {
      for (int i = 0; ; i++) {
        String text = arguments[1] + "." + i;
        guard.append(
            new GuardEntry(
                Anchor.inputs("BTC", List.of(text + ":0", text + ":1")),
                GuardEntry.NOBODY,
                0,
                Digest.sha256("unsigned " + text),
                List.of(Digest.sha256(text))));
        System.out.println(text + WHOLE);
      }
    }
  }
}
