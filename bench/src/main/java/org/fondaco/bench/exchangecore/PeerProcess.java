package org.fondaco.bench.exchangecore;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fondaco.bench.workload.Workload;

/**
 * The whole of exchange-core in a child JVM. Chronicle, which it journals with, looks for methods
 * that only JDKs up to 17 have.
 */
public final class PeerProcess implements AutoCloseable {

  /** What an exchange-core of 2020 wants opened on Java 17. */
  private static final List<String> OPENS =
      List.of(
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/java.io=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--add-opens=java.base/java.util=ALL-UNNAMED",
          "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--add-exports=jdk.unsupported/sun.misc=ALL-UNNAMED",
          "--add-opens=jdk.compiler/com.sun.tools.javac=ALL-UNNAMED");

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter requests;
  private final List<String> command;

  private PeerProcess(List<String> command, Process process) {
    this.command = command;
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
  }

  /**
   * One run of the peer.
   *
   * @param nanoseconds from the first measured command to the last result
   * @param trades of the measured part
   * @param tradeHash of all trades
   * @param levelsHash of the final books
   * @param failures commands it refused
   */
  public record Run(
      long nanoseconds, long trades, long tradeHash, long levelsHash, long failures) {}

  /**
   * Starts the child and waits until it has read the workload.
   *
   * @param folder for the workload, its journals and its log
   * @throws IOException when there is no JDK 17, or the child fails
   */
  public static PeerProcess start(Workload workload, Path folder) throws IOException {
    Path file = folder.resolve("workload.bin");
    workload.writeTo(file);
    Path target = Path.of("bench", "target").toAbsolutePath();
    List<String> command = new ArrayList<>();
    command.add(java17().toString());
    command.addAll(OPENS);
    command.add("-Xms4g");
    command.add("-Xmx8g");
    command.add("-XX:+UseParallelGC");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            target.resolve("peer-classes").toString(),
            target.resolve("peer-lib").resolve("*").toString(),
            System.getProperty("java.class.path")));
    command.add("org.fondaco.bench.peer.ExchangeCoreMain");
    command.add(file.toString());
    Path journals = Files.createDirectories(folder.resolve("journals"));
    command.add(journals.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(folder.resolve("exchange-core.log").toFile());
    PeerProcess peer = new PeerProcess(command, builder.start());
    peer.await("READY");
    return peer;
  }

  /** The child's options, class path excluded. */
  public String flags() {
    return String.join(" ", command.stream().filter(word -> word.startsWith("-X")).toList());
  }

  /** Runs the whole workload on a new exchange. */
  public Run run(boolean journalling) throws IOException {
    requests.write(journalling ? "RUN journal\n" : "RUN memory\n");
    requests.flush();
    String[] words = await("RESULT").split(" ");
    return new Run(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]));
  }

  private String await(String word) throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith(word)) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException("the exchange-core process ended; see exchange-core.log");
    }
    return line;
  }

  @Override
  public void close() throws IOException {
    try (requests;
        answers) {
      requests.write("END\n");
    }
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** A Java 17: FONDACO_BENCH_JAVA17, else the usual folders. */
  private static Path java17() throws IOException {
    String named = System.getenv("FONDACO_BENCH_JAVA17");
    if (named != null) {
      return Path.of(named, "bin", "java");
    }
    for (String root : List.of("/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines")) {
      Path folder = Path.of(root);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      try (Stream<Path> homes = Files.list(folder)) {
        for (Path home : homes.sorted().toList()) {
          Path java = home.resolve("bin").resolve("java");
          if (Files.isExecutable(java) && isVersion17(home)) {
            return java;
          }
        }
      }
    }
    throw new IOException(
        "exchange-core needs a Java 17: install one or set FONDACO_BENCH_JAVA17 to its folder");
  }

  private static boolean isVersion17(Path home) throws IOException {
    Path release = home.resolve("release");
    return Files.isReadable(release) && Files.readString(release).contains("JAVA_VERSION=\"17");
  }
}
