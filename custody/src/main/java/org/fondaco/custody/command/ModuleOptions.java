package org.fondaco.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.fondaco.custody.signer.Pkcs11Module;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which hardware module, if there is one. */
final class ModuleOptions {
  private static final String LIBRARY = "FONDACO_PKCS11_MODULE";
  private static final String SLOT = "FONDACO_PKCS11_SLOT";
  private static final String PIN_FILE = "FONDACO_PKCS11_PIN_FILE";

  @Option(
      names = "--module",
      paramLabel = "LIBRARY",
      description =
          "PKCS#11 library of a hardware module, for example libsofthsm2.so; without it " + LIBRARY)
  private @Nullable Path library;

  @Option(
      names = "--module-slot",
      paramLabel = "N",
      description = "the module's slot, counted from 0; without it " + SLOT + ", or 0")
  private @Nullable Integer slot;

  @Option(
      names = "--module-pin",
      paramLabel = "FILE",
      description = "file whose first line is the PIN; without it " + PIN_FILE)
  private @Nullable Path pin;

  /**
   * Logs in.
   *
   * @throws CommandFailed if no module was named
   */
  Pkcs11Module open(Map<String, String> environment) throws IOException {
    Path named = library == null ? path(environment, LIBRARY) : library;
    Path secret = pin == null ? path(environment, PIN_FILE) : pin;
    if (named == null || secret == null) {
      throw new CommandFailed(
          "a hardware module is needed: give --module and --module-pin, or set %s and %s"
              .formatted(LIBRARY, PIN_FILE));
    }
    return Pkcs11Module.open(named, slot == null ? slot(environment) : slot, secret);
  }

  private static @Nullable Path path(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? null : Path.of(value);
  }

  private static int slot(Map<String, String> environment) {
    String value = environment.getOrDefault(SLOT, "");
    if (!value.matches("[0-9]{0,4}")) {
      throw new CommandFailed(SLOT + " is a number from 0 on, not " + value);
    }
    return value.isEmpty() ? 0 : Integer.parseInt(value);
  }
}
