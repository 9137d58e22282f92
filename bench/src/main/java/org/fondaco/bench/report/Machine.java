package org.fondaco.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a figure was measured on.
 *
 * @param processor its model
 * @param cores that the JVM sees
 * @param memoryMebibytes of the machine
 * @param system operating system and version
 * @param java virtual machine and version
 * @param loadAverage over the last minute when the row began, which tells whether others were busy
 */
public record Machine(
    String processor,
    int cores,
    long memoryMebibytes,
    String system,
    String java,
    double loadAverage) {

  /** The machine as it is now. */
  public static Machine here() {
    return new Machine(
        line(Path.of("/proc/cpuinfo"), "model name"),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Options this JVM was started with. */
  public static String jvmFlags() {
    return String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  /** The commit checked out, with "+changes" when the tree differs from it. */
  public static String commit() throws IOException, InterruptedException {
    String commit = git("rev-parse", "--short=12", "HEAD");
    String changes =
        git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results");
    return changes.isEmpty() ? commit : commit + "+changes";
  }

  private static String git(String... arguments) throws IOException, InterruptedException {
    java.util.ArrayList<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? output.strip() : "unknown";
  }

  private static long memory() {
    String line = line(Path.of("/proc/meminfo"), "MemTotal");
    String digits = line.replaceAll("[^0-9]", "");
    return digits.isEmpty() ? 0 : Long.parseLong(digits) / 1024;
  }

  private static String line(Path file, String key) {
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(key)) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    } catch (IOException _) {
      return "unknown";
    }
    return "unknown";
  }
}
