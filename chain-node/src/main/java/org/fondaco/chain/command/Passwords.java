package org.fondaco.chain.command;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Passwords from a file, one a line, or from the terminal. Who gets one wipes it. */
final class Passwords {
  private final @Nullable List<String> lines;

  private Passwords(@Nullable List<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads the file if there is one.
   *
   * @throws CommandFailed if it cannot be read
   */
  static Passwords of(@Nullable Path file) {
    if (file == null) {
      return new Passwords(null);
    }
    try {
      return new Passwords(Files.readAllLines(file));
    } catch (IOException e) {
      throw new CommandFailed("cannot read the password file " + file + ": " + e.getMessage());
    }
  }

  /**
   * The password of the account at a position; the last line serves all that follow, as in geth.
   */
  char[] at(int index, String prompt) {
    if (lines == null) {
      return ask(prompt);
    }
    if (lines.isEmpty()) {
      return new char[0];
    }
    return lines.get(Math.min(index, lines.size() - 1)).toCharArray();
  }

  /** A new password; asked for twice at the terminal. */
  char[] chosen() {
    if (lines != null) {
      return at(0, "");
    }
    char[] first = ask("Password: ");
    char[] second = ask("Repeat password: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw new CommandFailed("passwords do not match");
    }
    return first;
  }

  private static char[] ask(String prompt) {
    Console console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandFailed("no terminal to ask for a password: give --password FILE");
    }
    char[] password = console.readPassword("%s", prompt);
    if (password == null) {
      throw new CommandFailed("no password was given");
    }
    return password;
  }
}
