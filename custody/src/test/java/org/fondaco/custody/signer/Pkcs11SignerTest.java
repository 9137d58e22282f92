package org.fondaco.custody.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real module, SoftHSM2, in a process of its own whose environment names the token's folder. */
class Pkcs11SignerTest {
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

  @TempDir Path folder;

  @Test
  void aModuleSignsAndWrapsAndKeepsItsKeysOverARestart() throws Exception {
    Path configuration = folder.resolve("softhsm2.conf");
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        configuration,
        "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    assertThat(
            run(
                configuration,
                List.of(
                    "softhsm2-util",
                    "--init-token",
                    "--free",
                    "--label",
                    "fondaco",
                    "--so-pin",
                    "12345678",
                    "--pin",
                    "1234")))
        .contains("initialized");
    String made = java(configuration, "make");
    assertThat(made).contains("MADE ");
    String used = java(configuration, "use");
    assertThat(used).contains("USED " + made.substring(made.indexOf("MADE ") + 5).strip());
  }

  private String java(Path configuration, String step) throws Exception {
    return run(
        configuration,
        List.of(
            ProcessHandle.current().info().command().orElseThrow(),
            "-ea",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ModuleUser.class.getName(),
            LIBRARY.toString(),
            folder.resolve("vault").toString(),
            step));
  }

  private static String run(Path configuration, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", configuration.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
