package org.fondaco.chain.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code fondaco node attach}: a console at a person's terminal, a script with {@code --exec}, or
 * the lines of a pipe. Exit codes: 0; 1 if a script failed or the node cannot be reached; 2 if the
 * command line is wrong.
 */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    description = "Open the JavaScript console of a node that runs.")
public final class Attach implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final String HISTORY = "history";

  @Parameters(
      arity = "0..1",
      paramLabel = "ENDPOINT",
      description =
          "http://…, ws://…, a socket's path or a data folder; without it the data folder's socket.")
  private @Nullable String endpoint;

  @Option(
      names = "--datadir",
      paramLabel = "DIR",
      description = "The node's data folder; the console's history is in it too.")
  private @Nullable Path dataFolder;

  @Option(
      names = "--exec",
      paramLabel = "SCRIPT",
      description = "Run this, print its value, and leave; the exit code is 1 if it fails.")
  private @Nullable String script;

  @Option(
      names = "--preload",
      split = ",",
      paramLabel = "FILE",
      description = "Run these files first.")
  private List<Path> preload = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Path folder = dataFolder == null ? defaultFolder() : dataFolder;
    String where = endpoint == null ? folder.resolve(Endpoint.SOCKET).toString() : endpoint;
    try (Remote remote = new Remote(Endpoint.open(where))) {
      Console console = System.console();
      boolean person = console != null && console.isTerminal();
      if (script == null && person) {
        return interactive(remote, folder);
      }
      return unattended(remote, person ? console : null);
    } catch (IOException | InvalidPathException e) {
      System.err.println("Fatal: " + e.getMessage());
      return FAILED;
    }
  }

  /** Where a node keeps its data if it is not told. */
  private static Path defaultFolder() {
    return Path.of(System.getProperty("user.home"), ".fondaco", "node");
  }

  private int unattended(Remote remote, @Nullable Console console) throws IOException {
    Charset charset = Charset.forName(System.getProperty("stdin.encoding", "UTF-8"));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, charset));
    PipeScreen screen = new PipeScreen(in, System.out, () -> console);
    try (JavaScript javaScript = new JavaScript(remote, screen)) {
      int failed = preloaded(javaScript);
      if (failed != 0) {
        return failed;
      }
      return script == null
          ? lines(javaScript, in, screen)
          : finish(javaScript.evaluate(script, "<exec>"), screen);
    }
  }

  /** Each script of a pipe as soon as it is whole, to the end even if one fails. */
  private static int lines(JavaScript javaScript, BufferedReader in, Screen screen)
      throws IOException {
    int code = 0;
    String typed = "";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      typed = typed.isEmpty() ? line : typed + "\n" + line;
      if (typed.strip().equals("exit")) {
        return code;
      }
      if (javaScript.complete(typed)) {
        code = Math.max(code, run(javaScript, typed, screen));
        typed = "";
      }
    }
    return Math.max(code, run(javaScript, typed, screen));
  }

  private static int run(JavaScript javaScript, String typed, Screen screen) {
    return typed.isBlank() ? 0 : finish(javaScript.evaluate(typed, "<stdin>"), screen);
  }

  private static int finish(Outcome outcome, Screen screen) {
    return switch (outcome) {
      case Outcome.Value value -> {
        screen.print(value.shown());
        yield 0;
      }
      case Outcome.Failed failed -> {
        System.err.println(failed.shown());
        yield FAILED;
      }
    };
  }

  private int preloaded(JavaScript javaScript) throws IOException {
    for (Path file : preload) {
      if (!Files.isReadable(file)) {
        throw new IOException("there is no file " + file.toAbsolutePath());
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (javaScript.evaluate(text, file.toString()) instanceof Outcome.Failed failed) {
        System.err.println(failed.shown());
        return FAILED;
      }
    }
    return 0;
  }

  private int interactive(Remote remote, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    // Terminals are asked nothing: their answers would mix with what is typed ahead.
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).graphemeCluster(false).build()) {
      return Conversation.hold(remote, terminal, folder.resolve(HISTORY), this::preloaded);
    }
  }
}
