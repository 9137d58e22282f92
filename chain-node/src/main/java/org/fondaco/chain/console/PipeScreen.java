package org.fondaco.chain.console;

import java.io.BufferedReader;
import java.io.Console;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lines in and text out, without prompts; passphrases are lines too, unless a person is there. */
final class PipeScreen implements Screen {
  private final BufferedReader in;
  private final PrintStream out;
  private final Supplier<@Nullable Console> person;

  PipeScreen(BufferedReader in, PrintStream out, Supplier<@Nullable Console> person) {
    this.in = in;
    this.out = out;
    this.person = person;
  }

  @Override
  public void print(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public String ask(String prompt) throws IOException {
    return there(in.readLine());
  }

  @Override
  public String secret(String prompt) throws IOException {
    Console console = person.get();
    if (console == null) {
      return ask(prompt);
    }
    char[] typed = console.readPassword("%s", prompt);
    return there(typed == null ? null : new String(typed));
  }

  private static String there(@Nullable String line) throws EOFException {
    if (line == null) {
      throw new EOFException("the input ended");
    }
    return line;
  }

  @Override
  public boolean colours() {
    return false;
  }
}
