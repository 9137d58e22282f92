package org.fondaco.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** kill -9 of a JVM that writes a line for everything that it promises. */
public final class KilledProcess {
  private KilledProcess() {}

  /**
   * Starts a main class, which says "open" first, reads so many lines and kills; the process writes
   * on meanwhile.
   *
   * @return the lines
   */
  public static List<String> after(int lines, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    return after(lines, () -> {}, main, arguments);
  }

  /** The same, and before the end something is done beside the living process. */
  public static List<String> after(int lines, Runnable beside, Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", main.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process victim =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> taken = new ArrayList<>();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo("open");
      beside.run();
      // Not one line more: the last may be the last that there is.
      for (String line = ""; line != null && taken.size() < lines; ) {
        line = output.readLine();
        if (line != null) {
          taken.add(line);
        }
      }
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(taken).hasSize(lines);
    return taken;
  }
}
