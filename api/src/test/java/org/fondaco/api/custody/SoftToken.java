package org.fondaco.api.custody;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The token of SoftHSM2 in this process. Its library reads the environment of the process itself,
 * which Java only has a copy of; and it does so once, so all tests of a process share the token.
 */
public final class SoftToken {
  public static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "1234";
  private static @Nullable Path made;

  private SoftToken() {}

  /** File with the PIN of the token in slot 0, which is made by the first who asks. */
  public static synchronized Path pin() throws Exception {
    Path present = made;
    if (present == null) {
      Path folder = Files.createTempDirectory("fondaco-token");
      prepare(folder);
      present = Files.writeString(folder.resolve("pin"), PIN + "\n");
      made = present;
    }
    return present;
  }

  private static void prepare(Path folder) throws Exception {
    Path configuration = folder.resolve("softhsm2.conf");
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        configuration,
        "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    set("SOFTHSM2_CONF", configuration.toString());
    ProcessBuilder builder =
        new ProcessBuilder(
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "fondaco",
                "--so-pin",
                "12345678",
                "--pin",
                PIN)
            .redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration.toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("no token: " + said);
    }
  }

  private static void set(String name, String value) throws IOException {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int failed = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (failed != 0) {
        throw new IOException("setenv failed");
      }
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("setenv failed", e);
    }
  }
}
