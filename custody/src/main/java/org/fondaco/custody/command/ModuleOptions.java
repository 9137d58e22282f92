package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.fondaco.custody.key.Wipe;
import org.fondaco.custody.signer.Pkcs11Module;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hardware module, if there is one. */
final class ModuleOptions {
  @Option(
      names = "--module",
      paramLabel = "LIBRARY",
      description = "PKCS#11 library of a hardware module, for example libsofthsm2.so")
  private @Nullable Path library;

  @Option(
      names = "--module-slot",
      paramLabel = "N",
      defaultValue = "0",
      description = "the module's slot, counted from 0 (default: 0)")
  private int slot;

  @Option(
      names = "--module-pin",
      paramLabel = "FILE",
      description = "file whose first line is the PIN")
  private @Nullable Path pin;

  /**
   * Logs in.
   *
   * @throws CommandFailed if no module was named
   */
  Pkcs11Module open() throws IOException {
    if (library == null || pin == null) {
      throw new CommandFailed("a hardware module is needed: give --module and --module-pin");
    }
    char[] code = firstLine(pin);
    try {
      return Pkcs11Module.open(library, slot, code);
    } finally {
      Wipe.chars(code);
    }
  }

  private static char[] firstLine(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
      end++;
    }
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes, 0, end));
    char[] line = Arrays.copyOf(decoded.array(), decoded.limit());
    Wipe.chars(decoded.array());
    Wipe.bytes(bytes);
    return line;
  }
}
