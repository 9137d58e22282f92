package org.fondaco.api.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fondaco.api.config.Settings;
import org.fondaco.api.security.ApiKeys;
import org.fondaco.engine.host.EngineGateway;
import org.fondaco.engine.readmodel.ReadModel;
import org.jooq.DSLContext;

/**
 * The demo venue, in the order of calls: {@link #claim}, {@link #seed}, {@link #announce}, {@link
 * #close}. A crash at any point is continued at the next start, and nothing is ever done twice.
 */
public final class Demo implements AutoCloseable {

  private final Path file;
  private final Simulator simulator;
  private Credentials credentials;

  private Demo(Path file, Credentials credentials, Simulator simulator) {
    this.file = file;
    this.credentials = credentials;
    this.simulator = simulator;
  }

  /**
   * Marks the data folder as a demo's before anything else is in it; without the mark, a start
   * after a crash would take the half-made folder for a real venue's.
   *
   * @throws IOException when the folder cannot be made or written
   */
  public static void claim(Settings settings) throws IOException {
    Path file = credentialsFile(settings);
    Files.createDirectories(settings.data());
    if (!Files.exists(file)) {
      Credentials.NONE_YET.write(file);
    }
  }

  /**
   * Makes users, assets, symbols and funds unless they were made before; returns when the engine
   * has executed all of it.
   *
   * @throws IOException when the credentials file cannot be read or written
   * @throws IllegalStateException when the engine refuses a command or does not answer
   */
  public static Demo seed(
      Settings settings,
      DSLContext database,
      EngineGateway gateway,
      ReadModel readModel,
      ApiKeys keys)
      throws IOException, InterruptedException {
    Path file = credentialsFile(settings);
    Credentials credentials = Credentials.read(file);
    if (!credentials.complete()) {
      new DemoCommands(database, gateway).send(DemoScript.commands());
      credentials = new Credentials("", new DemoUsers(database, keys).register(), List.of());
      credentials.write(file);
    }
    Simulator simulator = new Simulator(gateway, readModel);
    simulator.withdrawQuotes();
    if (settings.simulator()) {
      simulator.start();
    }
    return new Demo(file, credentials, simulator);
  }

  /**
   * Writes the address into the credentials file and says loudly what this venue is.
   *
   * @param baseUrl for example {@code http://127.0.0.1:8080}
   * @param nodes of the world outside
   */
  public void announce(String baseUrl, List<DemoNode> nodes, PrintStream out) throws IOException {
    credentials = credentials.at(baseUrl, nodes);
    credentials.write(file);
    out.print(text());
    out.flush();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """

        *** THIS IS A DEMO VENUE. Its money is not money, and its passwords are on this screen. ***
        """);
    for (Credentials.Entry user : credentials.users()) {
      text.append(
          "%n%s (%s)%n  email    %s%n  password %s%n  apiKey   %s%n  secret   %s%n"
              .formatted(
                  user.name(),
                  user.role(),
                  user.email(),
                  user.password(),
                  user.apiKey(),
                  user.secretKey()));
    }
    text.append("%nThe same as JSON: %s%n".formatted(file));
    text.append(
        simulator.running()
            ? "Simulated market makers are quoting; --no-simulator leaves the books empty.%n%n"
                .formatted()
            : "No simulator: the books are empty until somebody quotes.%n%n".formatted());
    return text.toString();
  }

  /** Stops the simulator and takes its quotes away. */
  @Override
  public void close() {
    simulator.close();
  }

  private static Path credentialsFile(Settings settings) {
    return settings.data().resolve(Settings.DEMO_CREDENTIALS);
  }
}
