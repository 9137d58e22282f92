package org.fondaco.bench.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A bare server in a JVM with this one's flags. */
public final class Peer implements AutoCloseable {
  private final Process process;
  private final int port;

  private Peer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a main class that takes the length of its answers and then API keys and secrets in turn,
   * and prints {@code PORT n}.
   */
  static Peer start(Class<?> main, int answerLength, List<StartedVenue.User> users)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.add(Integer.toString(answerLength));
    for (StartedVenue.User user : users) {
      command.add(user.apiKey());
      command.add(user.secretKey());
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String line = output.readLine();
    while (line != null && !line.startsWith("PORT ")) {
      line = output.readLine();
    }
    if (line == null) {
      throw new IOException("the bare Jetty did not start");
    }
    return new Peer(process, Integer.parseInt(line.substring(5)));
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
