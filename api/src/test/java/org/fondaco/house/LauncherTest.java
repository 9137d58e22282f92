package org.fondaco.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.api.config.Settings;
import org.junit.jupiter.api.Test;

/** The launcher's own words; starting a venue with it is what the clients' tests do. */
class LauncherTest {
  private record Ended(int code, String output) {}

  @Test
  void helpNamesEveryCommand() throws Exception {
    Ended help = fondaco("help");
    assertThat(help.code()).isZero();
    assertThat(help.output())
        .contains("./fondaco up", "./fondaco test", "./fondaco bench", "./fondaco help config");
    assertThat(fondaco()).isEqualTo(help);
  }

  @Test
  void saysWhatItDoesNotKnow() throws Exception {
    assertThat(fondaco("fly").code()).isEqualTo(2);
    assertThat(fondaco("fly").output()).contains("there is no command fly");
    assertThat(fondaco("up", "--speed"))
        .isEqualTo(
            new Ended(
                2, "fondaco: up does not know --speed; ./fondaco help shows what it knows.\n"));
    assertThat(fondaco("up", "--port"))
        .isEqualTo(new Ended(2, "fondaco: --port needs a value; ./fondaco help shows how.\n"));
    assertThat(fondaco("help", "me").code()).isEqualTo(2);
    assertThat(fondaco("engine", "restart").output()).contains("there is only engine quarantine");
    assertThat(fondaco("audit", "erase").output()).contains("there is only audit verify");
  }

  @Test
  void everyOptionSetsASettingThatExists() throws Exception {
    String launcher = Files.readString(Sources.root().resolve("fondaco"));
    List<String> exported =
        launcher
            .lines()
            .filter(line -> line.contains("export FONDACO_"))
            .map(line -> line.replaceAll(".*export (FONDACO_[A-Z_]+)=.*", "$1"))
            .toList();
    assertThat(exported).hasSize(9);
    assertThat(exported).allSatisfy(name -> assertThat(Settings.describe()).contains(name));
  }

  private static Ended fondaco(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Sources.root().resolve("fondaco").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }
}
