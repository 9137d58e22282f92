package org.fondaco.chain.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;

/** A person at a terminal, from the welcome to {@code exit} or Ctrl-D. */
final class Conversation {
  /** For terminals that do not say how large they are. */
  private static final Size USUAL = new Size(80, 24);

  private Conversation() {}

  /** What runs first. */
  interface Preload {
    /** An exit code; 0 to go on. */
    int run(JavaScript javaScript) throws IOException;
  }

  /**
   * Talks until the person leaves.
   *
   * @return the exit code
   */
  static int hold(Remote remote, Terminal terminal, Path history, Preload preload)
      throws IOException, InterruptedException {
    if (terminal.getWidth() == 0 || terminal.getHeight() == 0) {
      terminal.setSize(USUAL);
    }
    try (TerminalScreen screen = new TerminalScreen(terminal, history);
        JavaScript javaScript = new JavaScript(remote, screen)) {
      screen.print(new Banner(remote, ZoneId.systemDefault()).text());
      int failed = preload.run(javaScript);
      if (failed == 0) {
        screen.begin(javaScript);
        terminal.handle(Terminal.Signal.INT, signal -> javaScript.interrupt());
        converse(javaScript, screen);
      }
      return failed;
    }
  }

  private static void converse(JavaScript javaScript, TerminalScreen screen) {
    while (true) {
      String typed;
      try {
        typed = screen.script();
      } catch (UserInterruptException e) {
        continue;
      } catch (EndOfFileException e) {
        return;
      }
      if (typed.strip().equals("exit")) {
        return;
      }
      if (!typed.isBlank()) {
        screen.print(
            switch (javaScript.evaluate(typed, "<console>")) {
              case Outcome.Value value -> value.shown();
              case Outcome.Failed error -> error.shown();
            });
      }
    }
  }
}
