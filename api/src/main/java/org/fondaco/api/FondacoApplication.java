package org.fondaco.api;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.fondaco.api.config.Settings;
import org.fondaco.db.postgres.PostgresException;
import org.fondaco.engine.host.RecoveryFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.modulith.Modulithic;

/** The one process of a venue. */
@Modulithic
public final class FondacoApplication {
  private static final Logger LOG = LoggerFactory.getLogger(FondacoApplication.class);
  private static final int EXIT_NOT_STARTED = 1;
  private static final int EXIT_UNCLEAN = 2;
  private static final int EXIT_HALTED = 3;
  private static final int EXIT_CLEAN = 0;

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
    } catch (RuntimeException e) {
      LOG.error("not started, for a reason that nobody foresaw", e);
      System.exit(EXIT_NOT_STARTED);
      return;
    }
    AtomicInteger exit = new AtomicInteger(EXIT_CLEAN);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(venue, exit.get()), "stop"));
    venue
        .halted()
        .thenAccept(cause -> {
          LOG.error("the engine halted; the venue stops", cause);
          exit.set(EXIT_HALTED);
          // This is one of the engine's threads, which the stop waits for: exit from another.
          new Thread(() -> System.exit(EXIT_HALTED), "halt").start();
        });
    System.out.println(Announcement.of(venue));
    new CountDownLatch(1).await();
  }

  /** The last thing that this process does; a clean stop by signal is no failure. */
  private static void stop(Venue venue, int exit) {
    boolean clean = venue.stop();
    Runtime.getRuntime().halt(clean ? exit : Math.max(exit, EXIT_UNCLEAN));
  }
}
