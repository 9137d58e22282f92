package org.fondaco.chain.console;

import java.util.List;
import java.util.function.Predicate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Lets a script go on over lines until it is whole, and finds the expression to complete. */
final class ScriptParser implements Parser {
  private final Predicate<String> complete;

  ScriptParser(Predicate<String> complete) {
    this.complete = complete;
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !complete.test(line)) {
      throw new EOFError(-1, cursor, "the script goes on");
    }
    String before = line.substring(0, Math.min(cursor, line.length()));
    int start = Completions.start(before);
    return new Expression(before.substring(start), line, cursor);
  }

  /** The expression before the cursor is the only word. */
  private record Expression(String word, String line, int cursor) implements CompletingParsedLine {
    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean whole) {
      return candidate;
    }

    @Override
    public int rawWordCursor() {
      return word.length();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
