package org.fondaco.custody.signer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fondaco.custody.command.CustodyCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real module, SoftHSM2, in a process of its own whose environment names the token's folder. */
class Pkcs11SignerTest {
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");

  private static final List<String> COMMAND =
      List.of(
          ProcessHandle.current().info().command().orElseThrow(),
          "--enable-native-access=ALL-UNNAMED",
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"));

  @TempDir Path folder;

  @Test
  void aModuleSignsAndWrapsAndKeepsItsKeysOverARestart() throws Exception {
    Path configuration = token();
    String made = java(configuration, "make");
    assertThat(made).contains("MADE ");
    String used = java(configuration, "use");
    assertThat(used).contains("USED " + made.substring(made.indexOf("MADE ") + 5).strip());
  }

  @Test
  void theCommandLineMakesAVaultWhoseHotKeyAndOwnKeyAreInTheModule() throws Exception {
    Path configuration = token();
    Path pin = folder.resolve("pin");
    Files.writeString(pin, "1234\n");
    List<String> module =
        List.of(
            "--module",
            LIBRARY.toString(),
            "--module-pin",
            pin.toString(),
            "--data",
            folder.resolve("venue").toString());
    assertThat(
            custody(
                configuration,
                module,
                List.of(
                    "init", "--module-wrap", "--module-key", "ETH HOT", "--module-key", "ETH GAS")))
        .contains("ETH HOT hsm:fondaco-eth-hot 44 0")
        .contains("ETH GAS hsm:fondaco-eth-gas 44 0")
        .contains("BTC HOT m/84'/0'/1' tpub");
    assertThat(Files.readString(folder.resolve("venue/custody/vault")))
        .contains("\nkey hsm:fondaco-vault\n");
    assertThat(custody(configuration, module, List.of("verify", "--open")))
        .contains("The vault opens")
        .contains("All is well.");
  }

  private static String custody(Path configuration, List<String> module, List<String> command)
      throws Exception {
    List<String> line = new ArrayList<>(COMMAND);
    line.add(CustodyCommand.class.getName());
    line.addAll(command);
    line.addAll(module);
    return run(configuration, line);
  }

  private Path token() throws Exception {
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
    return configuration;
  }

  private String java(Path configuration, String step) throws Exception {
    List<String> line = new ArrayList<>(COMMAND);
    line.add(ModuleUser.class.getName());
    line.addAll(List.of(LIBRARY.toString(), folder.resolve("vault").toString(), step));
    return run(configuration, line);
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
