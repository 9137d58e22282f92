package org.fondaco.api;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.fondaco.api.config.Settings;
import org.fondaco.db.postgres.PostgresException;
import org.fondaco.engine.host.RecoveryFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one process of a venue. */
public final class FondacoApplication {
  private static final Logger LOG = LoggerFactory.getLogger(FondacoApplication.class);
  private static final int EXIT_NOT_STARTED = 1;
  private static final int EXIT_HALTED = 3;

  private FondacoApplication() {}

  /** Starts the venue and serves until SIGINT or SIGTERM, or until the engine halts. */
  public static void main(String[] args) throws InterruptedException {
    Venue venue;
    try {
      venue = Venue.start(Settings.of(System.getenv()));
    } catch (Settings.InvalidSetting
        | StartFailed
        | PostgresException
        | RecoveryFailed
        | IOException e) {
      System.err.println("fondaco: " + e.getMessage());
      LOG.debug("not started", e);
      System.exit(EXIT_NOT_STARTED);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(venue::close, "stop"));
    venue.halted().thenAccept(FondacoApplication::halted);
    System.out.println(Announcement.of(venue));
    new CountDownLatch(1).await();
  }

  /** Runs on one of the engine's threads, which the shutdown waits for: so exit from another. */
  private static void halted(Throwable cause) {
    LOG.error("the engine halted; the venue stops", cause);
    new Thread(() -> System.exit(EXIT_HALTED), "halt").start();
  }
}
