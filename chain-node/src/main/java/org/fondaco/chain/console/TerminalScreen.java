package org.fondaco.chain.console;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/**
 * A person's terminal: editing, history, completion, and passphrases without echo. One thread types
 * at a time: the console between scripts, the script while it runs.
 */
final class TerminalScreen implements Screen, AutoCloseable {
  private static final String PROMPT = "> ";
  private static final int HISTORY_LINES = 10_000;

  /** Lines that can hold a passphrase or a key are never written to the history. */
  private static final String SECRET_LINES = "*personal.*";

  private final Terminal terminal;
  private final LineReader lines;
  private final LineReader questions;
  private Predicate<String> complete = typed -> true;
  private Function<String, List<String>> completions = typed -> List.of();

  TerminalScreen(Terminal terminal, Path history) throws IOException {
    this.terminal = terminal;
    this.lines =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("fondaco")
            .parser(new ScriptParser(typed -> complete.test(typed)))
            .completer((reader, line, candidates) ->
                completions.apply(line.word()).forEach(each -> candidates.add(candidate(each))))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.HISTORY_TIMESTAMPED, false)
            .option(LineReader.Option.INSERT_TAB, false)
            // A cursor that jumps to the other bracket holds up what is pasted.
            .variable(LineReader.BLINK_MATCHING_PAREN, 0L)
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ")
            .variable(LineReader.HISTORY_IGNORE, SECRET_LINES)
            .variable(LineReader.HISTORY_FILE, secured(history))
            .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
            .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
            .build();
    this.questions =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("fondaco-question")
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.DISABLE_HISTORY, true)
            .variable(LineReader.DISABLE_COMPLETION, true)
            .build();
  }

  /** From here on scripts go on over lines until they are whole, and their objects complete. */
  void begin(JavaScript javaScript) {
    complete = javaScript::complete;
    completions = javaScript::completions;
  }

  private static Candidate candidate(String expression) {
    String name = expression.substring(expression.lastIndexOf('.') + 1);
    return new Candidate(expression, name, null, null, null, null, false);
  }

  /** The history names accounts and amounts: only its owner may read it. */
  private static Path secured(Path history) throws IOException {
    try {
      Files.createFile(
          history,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      return history;
    }
    return history;
  }

  /**
   * The next script that the person typed.
   *
   * @throws UserInterruptException on Ctrl-C
   * @throws EndOfFileException on Ctrl-D
   */
  String script() {
    return lines.readLine(PROMPT);
  }

  /** Writes what was typed to the history's file. */
  @Override
  public void close() throws IOException {
    lines.getHistory().save();
  }

  @Override
  public void print(String text) {
    if (lines.isReading()) {
      // A timer printed: above the line that is being typed.
      lines.printAbove(text);
    } else {
      terminal.writer().println(text);
      terminal.flush();
    }
  }

  @Override
  public String ask(String prompt) throws IOException {
    try {
      return questions.readLine(prompt);
    } catch (UserInterruptException e) {
      throw new Interruption();
    } catch (EndOfFileException e) {
      throw (IOException) new EOFException("nothing was typed").initCause(e);
    }
  }

  @Override
  public String secret(String prompt) throws IOException {
    try {
      // JLine shows nothing at all for this mask.
      return questions.readLine(prompt, '\0');
    } catch (UserInterruptException e) {
      throw new Interruption();
    } catch (EndOfFileException e) {
      throw (IOException) new EOFException("nothing was typed").initCause(e);
    }
  }

  @Override
  public boolean colours() {
    return !Terminal.TYPE_DUMB.equals(terminal.getType());
  }
}
