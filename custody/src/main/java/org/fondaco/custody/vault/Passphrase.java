package org.fondaco.custody.vault;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.fondaco.custody.key.Wipe;
import org.jspecify.annotations.Nullable;

/** What opens a vault, as UTF-8; closing it overwrites it. */
public final class Passphrase implements Unlock {
  /** Holds the passphrase itself; the operating system shows it to who may see the process. */
  public static final String VARIABLE = "FONDACO_CUSTODY_PASSPHRASE";

  /** Names a file whose first line is the passphrase. */
  public static final String FILE_VARIABLE = "FONDACO_CUSTODY_PASSPHRASE_FILE";

  private static final int BYTES_MIN = 8;
  private static final int BYTES_MAX = 1024;

  private final byte[] utf8;

  private Passphrase(byte[] utf8) {
    this.utf8 = utf8;
  }

  /** Of characters, which stay the caller's to wipe. */
  public static Passphrase of(char[] characters) {
    return checked(Wipe.utf8(characters));
  }

  /**
   * The first line of a file.
   *
   * @throws IOException if it cannot be read
   */
  public static Passphrase read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    byte[] line = Arrays.copyOf(bytes, end);
    Wipe.bytes(bytes);
    return checked(line);
  }

  /**
   * From the given file, or one of the two variables, or the terminal, in this order.
   *
   * @param file null where none was given
   * @param repeat whether the terminal asks twice, because the passphrase is a new one
   * @throws VaultException if there is no terminal, or the two do not match
   */
  public static Passphrase find(
      @Nullable Path file, Map<String, String> environment, String prompt, boolean repeat)
      throws IOException {
    if (file != null) {
      return read(file);
    }
    String named = environment.get(FILE_VARIABLE);
    if (named != null) {
      return read(Path.of(named));
    }
    String given = environment.get(VARIABLE);
    return given == null ? ask(prompt, repeat) : of(given.toCharArray());
  }

  private static Passphrase ask(String prompt, boolean repeat) {
    char[] first = line(prompt);
    if (repeat) {
      char[] second = line("Repeat it: ");
      boolean same = Arrays.equals(first, second);
      Wipe.chars(second);
      if (!same) {
        Wipe.chars(first);
        throw new VaultException(VaultException.Reason.WRONG_KEY, "the passphrases differ");
      }
    }
    try {
      return of(first);
    } finally {
      Wipe.chars(first);
    }
  }

  private static char[] line(String prompt) {
    Console console = System.console();
    char[] line =
        console == null || !console.isTerminal() ? null : console.readPassword("%s", prompt);
    if (line == null) {
      throw new VaultException(
          VaultException.Reason.WRONG_KEY,
          "no passphrase: give a file, set "
              + FILE_VARIABLE
              + " or "
              + VARIABLE
              + ", or use a terminal");
    }
    return line;
  }

  private static Passphrase checked(byte[] utf8) {
    if (utf8.length < BYTES_MIN || utf8.length > BYTES_MAX) {
      Wipe.bytes(utf8);
      throw new VaultException(
          VaultException.Reason.WRONG_KEY, "a passphrase has 8 to 1,024 bytes");
    }
    return new Passphrase(utf8);
  }

  byte[] utf8() {
    return utf8;
  }

  @Override
  public void close() {
    Wipe.bytes(utf8);
  }

  /** Nothing of it. */
  @Override
  public String toString() {
    return "passphrase";
  }
}
