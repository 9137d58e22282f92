package org.fondaco.custody.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.fondaco.custody.key.Digest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process appends and says so after each entry, until it is killed: what it said is there. */
class GuardKillTest {
  private static final long SEED = 20261128;
  private static final int KILLS = 5;

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostToKillMinus9() throws Exception {
    Path file = folder.resolve("guard");
    Guard.create(file);
    Random random = new Random(SEED);
    List<String> acknowledged = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  GuardWriter.class.getName(),
                  file.toString(),
                  Integer.toString(kill))
              .redirectErrorStream(true)
              .start();
      int wanted = 5 + random.nextInt(60);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = lines.readLine();
        for (int seen = 0; line != null; seen++) {
          if (seen == wanted) {
            process.toHandle().destroyForcibly();
          }
          if (line.endsWith(GuardWriter.WHOLE)) {
            acknowledged.add(line.substring(0, line.length() - 1));
          }
          line = lines.readLine();
        }
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("killed, and no error before").isEqualTo(137);
      try (Guard guard = Guard.open(file)) {
        assertThat(guard.opening().cutBytes()).isLessThan(1_000);
        assertThat(guard.size())
            .as("seed %d: at most one entry of each life was not acknowledged", SEED)
            .isBetween((long) acknowledged.size(), (long) acknowledged.size() + kill + 1);
        for (String text : acknowledged) {
          assertThat(guard.permits(Digest.sha256(text))).as(text).isTrue();
        }
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(KILLS * 5);
  }
}
