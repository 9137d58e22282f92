package org.fondaco.api.projection;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fondaco.db.Database;
import org.fondaco.db.DatabaseConfig;

/** A process of its own that projects, and is killed with kill -9. */
final class ProjectingProcess implements AutoCloseable {
  private final Process process;

  private ProjectingProcess(Process process) {
    this.process = process;
  }

  /** The database's address is passed on the standard input: it has a password in it. */
  static ProjectingProcess start(String url, long seed, int commands) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> flag.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ProjectingProcess.class.getName(),
            Long.toString(seed),
            Integer.toString(commands)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var input = process.outputWriter()) {
      input.write(url + "\n");
    }
    return new ProjectingProcess(process);
  }

  /** Kills it as soon as it says that it is there; it is then anywhere in its next batch. */
  long runUntil(long watermark) throws IOException {
    long reached = 0;
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      reached = Long.parseLong(line);
      if (reached >= watermark) {
        return reached;
      }
    }
    throw new IllegalStateException("the process ended at " + reached);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The child: projects from the watermark on and says where it is after every commit. */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    List<Groups.Group> groups = Groups.of(seed, Integer.parseInt(arguments[1]));
    String url = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).strip();
    Random random = new Random(seed);
    try (Database database = Database.start(new DatabaseConfig.External(url))) {
      Projector projector = new Projector(database);
      for (Groups.Group group : groups.subList((int) projector.watermark(), groups.size())) {
        group.deliverTo(projector);
        if (random.nextInt(20) == 0 || group.sequence() == groups.size()) {
          projector.commit();
          System.out.println(projector.watermark());
        }
      }
    }
  }
}
